"""exit, quit, help, copyright, credits, license: made when a program first uses one of them."""
import builtins
import sys


class Quitter:
    """Ends the program when called."""

    def __init__(self, name, eof):
        self.name = name
        self.eof = eof

    def __repr__(self):
        return f"Use {self.name}() or {self.eof} to exit"

    def __call__(self, code=None):
        try:
            sys.stdin.close()
        except Exception:
            pass
        raise SystemExit(code)


class _Printer:
    """A text that is shown when it is typed."""

    def __init__(self, name, text):
        self.__text = text

    def __repr__(self):
        return self.__text

    def __call__(self):
        print(self.__text)


class _Helper:
    """Looks things up: help(object), or help() for questions and answers."""

    def __repr__(self):
        return "Type help() for interactive help, or help(object) for help about object."

    def __call__(self, *args, **kwds):
        import _console
        return _console.help(*args, **kwds)


def install():
    builtins.exit = Quitter("exit", "Ctrl-D (i.e. EOF)")
    builtins.quit = Quitter("quit", "Ctrl-D (i.e. EOF)")
    builtins.help = _Helper()
    builtins.copyright = _Printer("copyright", "Copyright (c) the authors of Ouro. MIT licence.")
    builtins.credits = _Printer("credits", "Ouro stands on libedit, GMP and utf8proc, and on the language of "
                                "https://www.python.org.")
    builtins.license = _Printer("license", "MIT licence: do what you like with it, keep the notice, no warranty. "
                                "The file LICENSE has the text.")
