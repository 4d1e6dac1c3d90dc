"""``python -m models.schemas``: write the schema files anew from the record types."""

from models.schemas import write

if __name__ == "__main__":
    write()
