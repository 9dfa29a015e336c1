print("a\tb\\n\x41\u00e9\U0001F600\u2022" if True else "", r"\n raw", 'it''s', "con" "cat")
print(repr("tab\t nl\n quote' back\\ \x00 \x7f \xa0 é"), repr("it's"), repr('say "hi"'), repr("both ' and \""))
print("""triple
 line "quoted" end""")
print("a\
b", len("\u200b"), ascii("é😀"))
