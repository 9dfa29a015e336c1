a = 1; b = 2; print(a,
                    b)
total = a + \
    b
print(total)
if a: print("one"); print("line")
x = [1,
     2,  # comment
     ]
def f(): return (1,
    2)
print(x, f())
while b: b -= 1; print(b)
class E: pass; z = 1
print(E.z)
