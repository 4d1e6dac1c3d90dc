"""The columns of the line files, as Hugging Face ``datasets`` states them in a dataset card.

``datasets`` guesses the type of a column from the first 10 MB of a file, and fails when a column
that was null so far has a value later on; articles without counterpart come last, so that is how
it would be. With the types in the card it need not guess.
"""

from collections.abc import Mapping
from typing import Any

from models.schemas import generate

#: The keys seen in a table of free keys (``settings``, ``parts``), and the types of their values.
Tables = Mapping[str, Mapping[str, str]]

_SCALARS = {"string": "string", "integer": "int64", "number": "float64", "boolean": "bool"}


def features(name: str, tables: Tables) -> list[dict[str, Any]]:
    """The columns of the files of a schema, in the YAML form of a dataset card.

    ``tables`` has the keys of each table of free keys by the name of its field.

    >>> features("quarantine", {})[0]
    {'name': 'source', 'dtype': 'string'}
    """
    schema = generate(name)
    return _fields(schema, schema["$defs"], tables)


def _fields(
    schema: Mapping[str, Any], defs: Mapping[str, Any], tables: Tables
) -> list[dict[str, Any]]:
    found = []
    for name, rule in schema["properties"].items():
        if "additionalProperties" in rule:
            keys = tables.get(name, {})
            column = {"struct": [{"name": key, "dtype": keys[key]} for key in sorted(keys)]}
        else:
            column = _column(rule, defs, tables)
        found.append({"name": name, **column})
    return found


def _column(rule: Mapping[str, Any], defs: Mapping[str, Any], tables: Tables) -> dict[str, Any]:
    if "anyOf" in rule:
        (rule,) = (choice for choice in rule["anyOf"] if choice.get("type") != "null")
    if "$ref" in rule:
        rule = defs[rule["$ref"].rpartition("/")[2]]
    if "enum" in rule:
        return {"dtype": "string"}
    if rule["type"] == "object":
        return {"struct": _fields(rule, defs, tables)}
    if rule["type"] != "array":
        return {"dtype": _SCALARS[rule["type"]]}
    items = _column(rule["items"] or rule["prefixItems"][0], defs, tables)
    return {"list": items.get("dtype") or items.get("struct") or items}
