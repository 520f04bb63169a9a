"""Settings of the tests of publish/."""

from hypothesis import settings

# A busy machine is no defect.
settings.register_profile("without deadlines", deadline=None)
settings.load_profile("without deadlines")
