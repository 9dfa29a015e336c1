/* bytes: representation, construction, slots, and the few methods that str does not share (see text.c). */

#include "vm/lib/lib.h"
#include "vm/objects/text.h"

OuBytes *ou_bytes_new(OuVM *vm, size_t length) {
    OuCell *cell = length > OU_STR_MAX ? NULL : ou_cell_new(&vm->heap, OU_KIND_BYTES, sizeof(OuBytes) + length);
    if (cell == NULL) { return ou_no_memory(vm); }
    OuBytes *self = (OuBytes *)(void *)cell;
    cell->aux = 1;
    self->length = (uint32_t)length;
    return self;
}

OuValue ou_bytes_from(OuVM *vm, const void *data, size_t length) {
    OuBytes *self = ou_bytes_new(vm, length);
    if (self == NULL) { return OU_NOTHING; }
    if (length > 0) { memcpy(self->data, data, length); }
    return ou_word(self);
}

/* --- construction ----------------------------------------------------------------------------------------------- */

int ou_octet(OuVM *vm, OuValue value, const char *what) {
    int64_t octet = ou_is_small(value) ? ou_small(value) : 0;
    if (!ou_is_small(value) && ou_index_i64(vm, value, &octet, true) < 0) { return -1; }
    if (octet >= 0 && octet <= 255) { return (int)octet; }
    return ou_raised_value(vm, "%s must be in range(0, 256)", what);
}

static OuValue from_iterable(OuVM *vm, OuValue object) {
    OuValue *regs = ou_regs_open(vm, 2);
    if (regs == NULL) { return OU_NOTHING; }
    regs[0] = ou_iter(vm, object);
    OuBuilder out = {.vm = vm, .bytes = true, .failed = regs[0] == OU_NOTHING};
    while (!out.failed) {
        int more = ou_next_into(vm, regs[0], &regs[1]);
        if (more == 0) { break; }
        int octet = more < 0 ? -1 : ou_octet(vm, regs[1], "bytes");
        if (octet >= 0) { ou_builder_point(&out, (uint32_t)octet); }
        out.failed |= octet < 0;
    }
    return ou_regs_result(vm, regs, ou_builder_finish(&out));
}

int ou_bytes_special(OuVM *vm, OuValue object, OuValue *out) {
    OuValue result;
    int found = ou_call_special(vm, object, vm->names[OU_NAME_bytes], NULL, 0, &result);
    if (found <= 0) { return found; }
    OuBytes *bytes = ou_bytes_peek(vm, result);
    if (bytes == NULL) {
        ou_raise_type_error(vm, "__bytes__ returned non-bytes (type %T)", result);
        return ou_raised(ou_dropped(vm, result));
    }
    *out = ou_incref(ou_word(bytes));
    ou_drop(vm, result);
    return 1;
}

OuValue ou_bytes_from_object(OuVM *vm, OuValue object) {
    OuValue result;
    if (ou_is_kind(object, OU_KIND_BYTES)) { return ou_incref(object); }
    int found = ou_bytes_special(vm, object, &result);
    if (found != 0) { return found < 0 ? OU_NOTHING : result; }
    if (ou_bytes_peek(vm, object) != NULL) { return ou_incref(ou_word(ou_bytes_peek(vm, object))); }
    if (ou_str_peek(vm, object) != NULL || !ou_is_iterable(vm, object)) {
        return ou_raise_type_error(vm, "cannot convert '%T' object to bytes", object);
    }
    return from_iterable(vm, object);
}

/* source, encoding, errors */
static OuValue make_plain(OuVM *vm, const OuValue args[3]) {
    OuValue source = args[0];
    if (args[1] != OU_NOTHING) { return ou_str_encode(vm, args, "bytes_make"); }
    if (args[2] != OU_NOTHING || ou_str_peek(vm, source) != NULL) {
        return ou_library_method_in(vm, "_codecs", "bytes_make", args, 3);
    }
    if (source == OU_NOTHING) { return ou_bytes_from(vm, NULL, 0); }
    OuValue result;
    int found = ou_is_kind(source, OU_KIND_BYTES) ? 0 : ou_bytes_special(vm, source, &result);
    if (found != 0) { return found < 0 ? OU_NOTHING : result; }
    if (ou_bytes_peek(vm, source) == NULL && ou_type_of(vm, source)->slots.index != NULL) {
        int64_t count;
        if (ou_count_argument(vm, source, &count, OU_NO_INDEX) < 0) { return OU_NOTHING; }
        if (count < 0) { return ou_raise_value_error(vm, "negative count"); }
        OuBytes *zeros = ou_bytes_new(vm, (size_t)count);
        if (zeros != NULL) { memset(zeros->data, 0, (size_t)count); }
        return ou_word(zeros);
    }
    return ou_bytes_from_object(vm, source);
}

static OU_MAKE(bytes_make) {
    OuValue out[3];
    if (ou_make_args(vm, "bytes", "source encoding errors", 0, 3, args, nargs, kwnames, out) < 0) { return OU_NOTHING; }
    return ou_made_take(vm, type, OU_TYPE_BYTES, make_plain(vm, out));
}

/* --- slots -------------------------------------------------------------------------------------------------------- */

static OU_UNARY(bytes_iter) { return ou_index_iterator_new(vm, OU_KIND_BYTES_ITERATOR, self); }

static int bytes_contains(OuVM *vm, OuValue self, OuValue item) {
    OuBytes *bytes = ou_bytes_peek(vm, self), *part = ou_bytes_peek(vm, item);
    if (part != NULL) { return ou_str_find(bytes, part, 0, bytes->length) >= 0; }
    if (ou_type_of(vm, item)->slots.index == NULL) {
        return ou_raised_type(vm, "a bytes-like object is required, not '%T'", item);
    }
    int octet = ou_octet(vm, item, "byte");
    return octet < 0 ? -1 : bytes->length > 0 && memchr(bytes->data, octet, bytes->length) != NULL;
}

static OU_BINARY(bytes_add) {
    OuBytes *x = ou_bytes_peek(vm, a), *y = ou_bytes_peek(vm, b);
    if (x == NULL || y == NULL) { return ou_text_no_concat(vm, a, b); }
    if (x->length == 0 || y->length == 0) { return ou_incref(ou_word(x->length == 0 ? y : x)); }
    OuBytes *result = ou_bytes_new(vm, (size_t)x->length + y->length);
    if (result == NULL) { return OU_NOTHING; }
    memcpy(result->data, x->data, x->length);
    memcpy(result->data + x->length, y->data, y->length);
    return ou_word(result);
}

static OU_BINARY(bytes_mod) { return ou_text_percent(vm, (OuTextView){ou_bytes_peek(vm, a), true}, b); }

/* --- methods ------------------------------------------------------------------------------------------------------- */

static OU_NATIVE(bytes_decode) { return ou_str_decode(vm, args, "bytes_decode"); }

OU_LIBRARY_METHOD(bytes_hex)
OU_LIBRARY_METHOD(bytes_fromhex)
OU_LIBRARY_METHOD(bytes_translate)
OU_LIBRARY_METHOD(bytes_maketrans)

/* bytes(b) of a subclass instance: what __bytes__ gives. */
static OU_NATIVE(bytes_bytes) { return ou_incref(ou_word(ou_bytes_peek(vm, args[0]))); }

static const OuNativeDef bytes_methods[] = {
    OU_TEXT_METHODS(OU_TEXT_ENTRY){"decode", bytes_decode, "Decode the bytes using the codec.", 0, 2, OU_ARGS_CLINIC, 0,
                                   "encoding errors"},
    {"hex", bytes_hex, "Two hexadecimal digits for each byte.", 0, 2, OU_ARGS_CLINIC, 0, "sep bytes_per_sep"},
    {"translate", bytes_translate, "Copy with each octet mapped by the table.", 1, 2, OU_ARGS_CLINIC, 0,
     "table/ delete"},
    {"__getnewargs__", ou_getnewargs},
    {"__bytes__", bytes_bytes, "Convert this value to exact type bytes."},
    OU_DEF_END,
};

static const OuNativeDef bytes_class_methods[] = {
    {"fromhex", bytes_fromhex, "Create a bytes object from hexadecimal digits.", 1, 1},
    OU_DEF_END,
};

static const OuNativeDef bytes_static_methods[] = {
    {"maketrans", bytes_maketrans, "A translation table for bytes.translate.", 2, 2, OU_ARGS_UNPACK},
    OU_DEF_END,
};

const OuNativeType ou_bytes_type = {
    .slots = {OU_TEXT_SLOTS, .iter = bytes_iter, .contains = bytes_contains, .make = bytes_make,
              .binary = {[OU_BIN_ADD] = bytes_add, [OU_BIN_MUL] = ou_text_repeat, [OU_BIN_MOD] = bytes_mod}},
    .methods = bytes_methods,
    .class_methods = bytes_class_methods,
    .static_methods = bytes_static_methods,
    .doc = "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(int) -> bytes of zeros",
};

const OuKindOps ou_bytes_ops = {.name = "bytes", .leaf = true};
