# The name of a keyword argument is not made private in a call; the parameter's is in its function.
class A:
    def f(self):
        def collect(**names):
            return names

        def one(__x=1):
            return __x

        print(collect(__x=1), collect(**{"a": 1}, __y=2), one())
        try:
            print(one(__x=5))
        except TypeError as error:
            print(error)
        print(one(_A__x=6))


A().f()
