print("a user's weakref")
ref = None
