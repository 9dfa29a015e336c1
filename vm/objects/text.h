/* What str and bytes have in common: methods that differ only in which argument they take and which result they make. */
#ifndef OU_VM_OBJECTS_TEXT_H
#define OU_VM_OBJECTS_TEXT_H

#include "vm/objects/help.h"

/* X(Python name, C name, min, max, argument style, keywords, doc) */
#define OU_TEXT_METHODS(X)                                                                                  \
    X("find", find, 1, 3, OU_ARGS_PARSE, NULL, "Lowest index where the substring is found, or -1.")         \
    X("rfind", rfind, 1, 3, OU_ARGS_PARSE, NULL, "Highest index where the substring is found, or -1.")      \
    X("index", index, 1, 3, OU_ARGS_PARSE, NULL, "Like find, but raises ValueError when absent.")           \
    X("rindex", rindex, 1, 3, OU_ARGS_PARSE, NULL, "Like rfind, but raises ValueError when absent.")        \
    X("count", count, 1, 3, OU_ARGS_PARSE, NULL, "Number of non-overlapping occurrences.")                  \
    X("startswith", startswith, 1, 3, OU_ARGS_PARSE, NULL, "Does it begin with the prefix?")                \
    X("endswith", endswith, 1, 3, OU_ARGS_PARSE, NULL, "Does it end with the suffix?")                      \
    X("split", split, 0, 2, OU_ARGS_CLINIC, "sep maxsplit", "List of the parts, from the left.")            \
    X("rsplit", rsplit, 0, 2, OU_ARGS_CLINIC, "sep maxsplit", "List of the parts, from the right.")         \
    X("splitlines", splitlines, 0, 1, OU_ARGS_CLINIC, "keepends", "List of the lines.")                     \
    X("strip", strip, 0, 1, OU_ARGS_UNPACK, NULL, "Copy without leading and trailing whitespace or chars.") \
    X("lstrip", lstrip, 0, 1, OU_ARGS_UNPACK, NULL, "Copy without leading whitespace or chars.")            \
    X("rstrip", rstrip, 0, 1, OU_ARGS_UNPACK, NULL, "Copy without trailing whitespace or chars.")           \
    X("partition", partition, 1, 1, OU_ARGS_AUTO, NULL, "Three parts around the first separator.")          \
    X("rpartition", rpartition, 1, 1, OU_ARGS_AUTO, NULL, "Three parts around the last separator.")         \
    X("replace", replace, 2, 3, OU_ARGS_UNPACK, NULL, "Copy with all occurrences of old replaced by new.")  \
    X("join", join, 1, 1, OU_ARGS_AUTO, NULL, "Concatenates the items with self between them.")             \
    X("center", center, 1, 2, OU_ARGS_UNPACK, NULL, "Centered in a field of the given width.")              \
    X("ljust", ljust, 1, 2, OU_ARGS_UNPACK, NULL, "Left-justified in a field of the given width.")          \
    X("rjust", rjust, 1, 2, OU_ARGS_UNPACK, NULL, "Right-justified in a field of the given width.")         \
    X("zfill", zfill, 1, 1, OU_ARGS_AUTO, NULL, "Filled with zeros on the left.")                           \
    X("expandtabs", expandtabs, 0, 1, OU_ARGS_CLINIC, "tabsize", "Copy with tabs expanded to spaces.")      \
    X("removeprefix", removeprefix, 1, 1, OU_ARGS_AUTO, NULL, "Copy without the prefix, if it is there.")   \
    X("removesuffix", removesuffix, 1, 1, OU_ARGS_AUTO, NULL, "Copy without the suffix, if it is there.")   \
    X("lower", lower, 0, 0, OU_ARGS_AUTO, NULL, "Copy in lowercase.")                                       \
    X("upper", upper, 0, 0, OU_ARGS_AUTO, NULL, "Copy in uppercase.")                                       \
    X("title", title, 0, 0, OU_ARGS_AUTO, NULL, "Copy with words in titlecase.")                            \
    X("capitalize", capitalize, 0, 0, OU_ARGS_AUTO, NULL, "Copy with the first character in uppercase.")    \
    X("swapcase", swapcase, 0, 0, OU_ARGS_AUTO, NULL, "Copy with upper and lower case swapped.")            \
    X("isalpha", isalpha, 0, 0, OU_ARGS_AUTO, NULL, "Are all characters alphabetic?")                       \
    X("isalnum", isalnum, 0, 0, OU_ARGS_AUTO, NULL, "Are all characters alphanumeric?")                     \
    X("isdigit", isdigit, 0, 0, OU_ARGS_AUTO, NULL, "Are all characters digits?")                           \
    X("isspace", isspace, 0, 0, OU_ARGS_AUTO, NULL, "Are all characters whitespace?")                       \
    X("islower", islower, 0, 0, OU_ARGS_AUTO, NULL, "Is it cased and all lowercase?")                       \
    X("isupper", isupper, 0, 0, OU_ARGS_AUTO, NULL, "Is it cased and all uppercase?")                       \
    X("istitle", istitle, 0, 0, OU_ARGS_AUTO, NULL, "Is it titlecased?")                                    \
    X("isascii", isascii, 0, 0, OU_ARGS_AUTO, NULL, "Are all characters ASCII?")

#define OU_TEXT_DECLARE(name, function, min, max, style, keywords, doc) OU_NATIVE(ou_text_##function);
OU_TEXT_METHODS(OU_TEXT_DECLARE)

/* For the tables: one entry of each method. */
#define OU_TEXT_ENTRY(name, function, min, max, style, keywords, doc) \
    {name, ou_text_##function, doc, min, max, style, 0, keywords},

/* The receiver of a method of str or bytes. */
typedef struct OuTextView {
    OuStr *str;
    bool bytes;
} OuTextView;
OuTextView ou_text_self(OuVM *vm, OuValue self);
/* The part of the text; the whole of an exact str or bytes is the object itself. */
OuValue ou_text_piece(OuVM *vm, OuTextView self, size_t start, size_t end);
/* The built text as str or bytes. */
OuValue ou_text_finish(OuBuilder *builder, bool bytes);
/* A number from 0 to 255, `what` as the message names it; -1 raised. */
int ou_octet(OuVM *vm, OuValue value, const char *what);
/* a + b where only one side is a text: NotImplemented when b may know better, else TypeError. */
OuValue ou_text_no_concat(OuVM *vm, OuValue a, OuValue b);

/* The slots of both. */
OU_UNARY(ou_text_repr);
int ou_text_hash(OuVM *vm, OuValue self, int64_t *out);
OU_COMPARE(ou_text_compare);
int64_t ou_text_len(OuVM *vm, OuValue self);
int ou_text_truth(OuVM *vm, OuValue self);
OuValue ou_text_getitem(OuVM *vm, OuValue self, OuValue key);
OU_BINARY(ou_text_repeat); /* either operand is the text */
OuValue ou_text_percent(OuVM *vm, OuTextView format, OuValue args);
#define OU_TEXT_SLOTS                                                                           \
    .repr = ou_text_repr, .hash = ou_text_hash, .compare = ou_text_compare, .len = ou_text_len, \
    .truth = ou_text_truth, .getitem = ou_text_getitem

/* An OuUnicodeCase, or words in title case, only the first letter, upper and lower swapped. */
enum { OU_TEXT_TITLE = 100, OU_TEXT_CAPITALIZE, OU_TEXT_SWAP };
OuValue ou_text_case(OuVM *vm, OuTextView self, int how);
bool ou_text_all(OuTextView self, int which, bool empty); /* an OuUnicodeClass */

#endif
