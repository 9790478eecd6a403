"""Charts: they draw what they are given; the only place that knows Altair."""

from lodestar.schema.quick_start import import_jsonschema

# Altair imports jsonschema, which would compile grammars for two seconds.
import_jsonschema()
