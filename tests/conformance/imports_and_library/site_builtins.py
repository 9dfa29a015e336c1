import builtins

print(exit, repr(quit), help, sep="\n")
print(type(exit), type(help), type(license))
print(hasattr(builtins, "credits"), "copyright" in dir(builtins))
for leave in exit, quit, builtins.exit:
    try:
        leave(3)
    except SystemExit as error:
        print(error.code)


class Scope:
    kept = exit


print(Scope.kept.name)
