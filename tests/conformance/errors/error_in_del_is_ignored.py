class C:
    def __del__(self):
        print("del")
        raise ValueError("in del")
c = C()
del c
print("goes on")
