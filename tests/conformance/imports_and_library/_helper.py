print("helper runs once")
value = 5
_hidden = 1
def double(x): return x * 2
def triple(x): return x * 3
