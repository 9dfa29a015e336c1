x: int = 5
y: str
def f(a: int, b: "str" = "z", *c: list, d: 1 + 1 = 2, **e: dict) -> None:
    v: int = 3
    w: list
    return a, b, v
print(f(1), x, sorted(f.__annotations__))
class C:
    n: int = 0
    m: str
print(C.n, hasattr(C, "m"))
