"""Calendar feeds from Markdown posts; importing the package pins the zone rules to the `tzdata` wheel."""

import zoneinfo

# Two machines with different system zone databases must publish the same bytes
# (CONFORMANCE E8: tzdata releases differ by an hour for Vancouver and Casablanca).
zoneinfo.reset_tzpath(to=())

__version__ = "0.1.0"
