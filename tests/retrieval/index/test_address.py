from pathlib import Path

import pytest

from retrieval.index import EngineError, open_index
from retrieval.index.cluster import Address


def test_a_url_names_the_nodes_the_index_and_settings_for_making_it() -> None:
    address = Address.of("https://me:p%40ss@one:9200,two:9201/news?number_of_shards=3")
    assert address.nodes == ("https://one:9200", "https://two:9201")
    assert (address.name, address.user, address.password) == ("news", "me", "p@ss")
    assert address.settings == {"number_of_shards": "3"}


def test_an_index_without_a_name_bears_the_program_s() -> None:
    assert Address.of("http://localhost:9200").name == "marsad"
    assert Address.of("http://localhost:9200/").name == "marsad"


@pytest.mark.parametrize("url", ["http:///news", "http://one:9200/News", "http://one:9200/a/b", "http://one:9200,,two"])
def test_other_urls_are_refused_with_an_example(url: str) -> None:
    with pytest.raises(EngineError, match="must look like"):
        Address.of(url)


def test_a_server_that_is_away_is_named_without_the_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.index.cluster._PATIENCE", 0.3)
    with pytest.raises(EngineError) as told:
        open_index("http://me:SECRET@127.0.0.1:9/news", tmp_path)
    assert "127.0.0.1:9" in str(told.value)
    assert "SECRET" not in str(told.value)


def test_a_setting_that_names_no_engine_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="auto, memory, disk or the URL"):
        open_index("sqlite", tmp_path)
