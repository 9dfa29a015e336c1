/* str: its slots, its constructor, and the methods that it does not share with bytes (see text.c). */
#include "vm/lib/lib.h"
#include "vm/objects/text.h"
#include "vm/objects/unicode.h"

/* --- methods ---------------------------------------------------------------------------------------------------- */

static OuTextView self_of(OuVM *vm, OuValue *args) { return (OuTextView){ou_str_peek(vm, args[0]), false}; }
static OU_NATIVE(str_casefold) { return ou_text_case(vm, self_of(vm, args), OU_CASE_FOLD); }
static OU_NATIVE(str_isdecimal) { return ou_new_bool(ou_text_all(self_of(vm, args), OU_UNICODE_DECIMAL, false)); }
static OU_NATIVE(str_isnumeric) { return ou_new_bool(ou_text_all(self_of(vm, args), OU_UNICODE_NUMERIC, false)); }
static OU_NATIVE(str_isprintable) { return ou_new_bool(ou_text_all(self_of(vm, args), OU_UNICODE_PRINTABLE, true)); }

bool ou_str_is_identifier(const OuStr *self) {
    bool ok = self->length > 0;
    for (uint32_t i = 0; i < self->length && ok; i++) {
        ok = ou_unicode_is(ou_str_at(self, i), i == 0 ? OU_UNICODE_START : OU_UNICODE_CONTINUE);
    }
    return ok;
}

static OU_NATIVE(str_isidentifier) { return ou_new_bool(ou_str_is_identifier(self_of(vm, args).str)); }
static OU_NATIVE(str_encode) { return ou_str_encode(vm, args, "str_encode"); }

static OU_NATIVE(str_translate) {
    return ou_library_method(vm, "str_translate", (OuValue[]){ou_word(self_of(vm, args).str), args[1]}, 2);
}

OU_LIBRARY_METHOD(str_maketrans)

/* The last argument is the tuple of keyword names, or nothing. */
static OU_NATIVE(str_format) {
    return ou_str_format(vm, self_of(vm, args).str, args + 1, nargs - 2, args[nargs - 1], OU_NOTHING);
}

static OU_NATIVE(str_format_map) { return ou_str_format(vm, self_of(vm, args).str, NULL, 0, OU_NOTHING, args[1]); }

static const OuNativeDef str_methods[] = {
    OU_TEXT_METHODS(OU_TEXT_ENTRY){"casefold", str_casefold, "Version suitable for caseless comparisons."},
    {"isdecimal", str_isdecimal, "Are all characters decimal?"},
    {"isnumeric", str_isnumeric, "Are all characters numeric?"},
    {"isprintable", str_isprintable, "Are all characters printable?"},
    {"isidentifier", str_isidentifier, "Is it a valid identifier?"},
    {"encode", str_encode, "Encode the string using the codec.", 0, 2, OU_ARGS_CLINIC, 0, "encoding errors"},
    {"translate", str_translate, "Replace each character using the translation table.", 1, 1},
    {"format", str_format, "Formatted version of it, using the arguments.", 0, -1, 0, 0, "**"},
    {"format_map", str_format_map, "Formatted version of it, using a mapping.", 1, 1},
    {"__format__", ou_format_method, "Return a formatted version of the string.", 1, 1},
    {"__getnewargs__", ou_getnewargs},
    OU_DEF_END,
};

static const OuNativeDef str_static_methods[] = {
    {"maketrans", str_maketrans, "A translation table for str.translate.", 1, 3, OU_ARGS_UNPACK, 1},
    OU_DEF_END,
};

/* --- slots ------------------------------------------------------------------------------------------------------ */

static OU_UNARY(str_str) { return ou_incref(ou_word(ou_str_peek(vm, self))); }

static OU_UNARY(str_iter) {
    bool ascii = ou_str_is_ascii(ou_str_peek(vm, self));
    return ou_index_iterator_new(vm, ascii ? OU_KIND_STR_ASCII_ITERATOR : OU_KIND_STR_ITERATOR, self);
}

static int str_contains(OuVM *vm, OuValue self, OuValue item) {
    OuStr *text = ou_str_peek(vm, self), *part = ou_str_peek(vm, item);
    if (part == NULL) { return ou_raised_type(vm, "'in <string>' requires string as left operand, not %T", item); }
    return ou_charge(vm, text->length / 64) < 0 ? -1 : ou_str_find(text, part, 0, text->length) >= 0;
}

static OU_BINARY(str_add) {
    OuStr *x = ou_str_peek(vm, a), *y = ou_str_peek(vm, b);
    return x == NULL || y == NULL ? ou_text_no_concat(vm, a, b) : ou_str_concat(vm, x, y);
}

static OU_BINARY(str_mod) { return ou_text_percent(vm, (OuTextView){ou_str_peek(vm, a), false}, b); }

/* object, encoding, errors */
static OuValue make_plain(OuVM *vm, const OuValue args[3]) {
    if (args[1] != OU_NOTHING || args[2] != OU_NOTHING) { return ou_str_decode(vm, args, "str_make"); }
    return args[0] != OU_NOTHING ? ou_str(vm, args[0]) : ou_str_empty(vm);
}

static OU_MAKE(str_make) {
    OuValue out[3];
    if (ou_make_args(vm, "str", "object encoding errors", 0, 3, args, nargs, kwnames, out) < 0) { return OU_NOTHING; }
    OuValue plain = make_plain(vm, out);
    OuStr *text = plain == OU_NOTHING ? NULL : ou_str_peek(vm, plain);
    if (type != vm->types[OU_TYPE_STR] && text != NULL && ou_word(text) != plain) {
        OuValue payload = ou_incref(ou_word(text)); /* __str__ gave an instance of a subclass */
        ou_drop(vm, plain);
        plain = payload;
    }
    return ou_made_take(vm, type, OU_TYPE_STR, plain);
}

const OuNativeType ou_str_type = {
    .slots = {OU_TEXT_SLOTS, .str = str_str, .iter = str_iter, .contains = str_contains, .make = str_make,
              .binary = {[OU_BIN_ADD] = str_add, [OU_BIN_MUL] = ou_text_repeat, [OU_BIN_MOD] = str_mod}},
    .methods = str_methods,
    .static_methods = str_static_methods,
    .doc = "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str",
};

static void drop_str(OuHeap *heap, OuCell *cell) { ou_str_forget((OuVM *)(void *)heap, (OuStr *)(void *)cell); }

const OuKindOps ou_str_ops = {.name = "str", .leaf = true, .drop = drop_str};
