"""What holds for every test."""

from hypothesis import settings

# How long an example takes says how busy the machine is, not whether the program is right.
settings.register_profile("marsad", deadline=None)
settings.load_profile("marsad")
