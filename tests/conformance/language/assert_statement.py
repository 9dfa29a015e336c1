def attempt(f):
    try:
        f()
        print("fine")
    except AssertionError as e:
        print(repr(e), e.args)
def good(): assert 1, "never"
def plain(): assert not 1
def text(): assert [], "message"
def pair(): assert 0, (1, 2)
for f in (good, plain, text, pair):
    attempt(f)
