class A:
    n = 0
    @staticmethod
    def s(x): return x * 2
    @classmethod
    def make(cls, v=1):
        cls.n += v
        return cls.__name__, cls.n
class B(A): pass
print(A.s(1), A().s(2), A.make(), B.make(5), A.n, B.n, B().make())
m = B.make
print(m(), A.__dict__["s"].__class__.__name__)
class C(A):
    @classmethod
    def make(cls):
        return super().make(100)
print(C.make())
