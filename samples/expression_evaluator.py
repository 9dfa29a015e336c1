# A calculator: a tokenizer, a recursive descent parser and an evaluator.


class CalcError(Exception):
    pass


class Tokenizer:
    def __init__(self, text):
        self.text = text

    def __iter__(self):
        i, text = 0, self.text
        while i < len(text):
            c = text[i]
            start = i
            if c.isspace():
                i += 1
                continue
            if c.isdigit():
                while i < len(text) and (text[i].isdigit() or text[i] == "."):
                    i += 1
                word = text[start:i]
                yield "number", float(word) if "." in word else int(word)
            elif c.isalpha():
                while i < len(text) and text[i].isalnum():
                    i += 1
                yield "name", text[start:i]
            elif c in "+-*/^()=":
                i += 1
                yield c, c
            else:
                raise CalcError(f"unexpected {c!r} at {i}")
        yield "end", None


class Parser:
    levels = (("+", "-"), ("*", "/"))

    def __init__(self, text):
        self.tokens = list(Tokenizer(text))
        self.at = 0

    def accept(self, *kinds):
        kind, value = self.tokens[self.at]
        if kind not in kinds:
            return None
        self.at += 1
        return (kind, value)

    def parse(self):
        tree = self.binary(0)
        if self.accept("="):
            if tree[0] != "name":
                raise CalcError("can only assign to a name")
            tree = ("assign", tree[1], self.binary(0))
        if not self.accept("end"):
            raise CalcError(f"unexpected {self.tokens[self.at][1]!r}")
        return tree

    def binary(self, level):
        if level == len(self.levels):
            return self.power()
        left = self.binary(level + 1)
        while token := self.accept(*self.levels[level]):
            left = (token[0], left, self.binary(level + 1))
        return left

    def power(self):
        if self.accept("-"):
            return ("negate", self.power())
        base = self.atom()
        return ("^", base, self.power()) if self.accept("^") else base

    def atom(self):
        if token := self.accept("number", "name"):
            return token
        if self.accept("("):
            tree = self.binary(0)
            if not self.accept(")"):
                raise CalcError("expected ')'")
            return tree
        raise CalcError("expected a value")


class Evaluator:
    operators = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b, "^": lambda a, b: a**b}

    def __init__(self):
        self.names = {"pi": 3.14159}

    def run(self, text):
        return self.value(Parser(text).parse())

    def value(self, tree):
        kind, *rest = tree
        if kind == "number":
            return rest[0]
        if kind == "name":
            try:
                return self.names[rest[0]]
            except KeyError:
                raise CalcError(f"unknown name {rest[0]}") from None
        if kind == "assign":
            result = self.names[rest[0]] = self.value(rest[1])
            return result
        if kind == "negate":
            return -self.value(rest[0])
        return self.operators[kind](*[self.value(part) for part in rest])


calc = Evaluator()
for line in ("1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-2 ^ 2", "x = 10 / 4", "x * x - 1", "2 * pi * x",
             "10 - 4 - 3", "2 ^ 100", "1 / 0", "y + 1", "3 +", "(1", "2 $ 3", "1 = 2"):
    try:
        print(f"{line:14} = {calc.run(line)}")
    except CalcError as error:
        print(f"{line:14} ! {error}")
    except ZeroDivisionError as error:
        print(f"{line:14} ! {error}")
