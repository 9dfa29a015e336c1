import warnings

with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter("always")
    open("_data.txt")
print([(w.category.__name__, w.lineno, str(w.message).startswith("unclosed file <_io.TextIOWrapper name='_data.txt'")) for w in log])
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    open("_data.txt")
print("silent")
