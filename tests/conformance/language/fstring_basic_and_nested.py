name, n, f = "wörld", 42, 3.14159
print(f"hello {name}! {n + 1} {name!r} {name!s} {name!a} {{literal}} {'nested'} {f'{n}'}")
width, prec = 10, 2
print(f"[{f:{width}.{prec}f}] [{n:>{width}}] [{n:<6}] [{n:^7}] [{n:*^9}] [{name:>8.3}]")
print(f"{n=} {n = } {f=:.1f} {name=!s} {n+1=}")
print(f"{[i for i in range(3)]} {({'a': 1})['a']} {(lambda x: x * 2)(4)}")
print(f"""multi
{n}
line""" "tail" f"{n}")
print(f"{None} {True} {()!r:>5}")
