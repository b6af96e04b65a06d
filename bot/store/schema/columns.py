"""What the tables are made of."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa


class Instant(sa.TypeDecorator[dt.datetime]):
    """A moment: aware when it comes in and when it goes out, kept in UTC by every database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The moment in UTC.

        Raises:
            ValueError: when the moment has no zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The moment in UTC; SQLite gives it back without its zone, PostgreSQL in that of the session."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts by itself only in a column that is declared INTEGER.
Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def belongs_to_article(*, primary_key: bool = False) -> sa.Column[str]:
    """A column that names an article, and goes with it."""
    return sa.Column(
        "article_id",
        sa.Text,
        sa.ForeignKey("article.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )
