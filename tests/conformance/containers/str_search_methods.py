s = "hello world hello"
print(s.find("lo"), s.find("lo", 5), s.rfind("lo"), s.find("zz"), s.index("w"), s.count("l"), s.count(""), s.count("ll", 3))
print(s.startswith("hell"), s.startswith(("x", "h")), s.endswith("lo", 0, 5), s.startswith("", 100), "" in "", "lo w" in s)
print(s.replace("l", "L", 2), s.replace("", "-", 3), s.replace("hello", ""), "aaa".replace("aa", "b"), s.rindex("h"))
print("é€😀".find("😀"), "aébé".rfind("é"), "abc".find("", 3), "abc".find("", 4), "abc".find("c", -1))
print("prefix-x".removeprefix("prefix-"), "x.py".removesuffix(".py"), "x".removeprefix("y"))
