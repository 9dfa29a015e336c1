try:
    {}["missing"]
except KeyError as e:
    raise RuntimeError("outer problem") from e
