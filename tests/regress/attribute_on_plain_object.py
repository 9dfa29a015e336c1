# A plain object() has no room for attributes.
try:
    object().x = 1
except AttributeError as e:
    print(e)
