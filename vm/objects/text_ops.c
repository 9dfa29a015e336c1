/* Slots of str and bytes. */
#include "vm/objects/text.h"

OU_UNARY(ou_text_repr) { return ou_str_repr(vm, ou_text_peek(vm, self)); }
int64_t ou_text_len(OuVM *vm, OuValue self) { return ou_text_peek(vm, self)->length; }
int ou_text_truth(OuVM *vm, OuValue self) { return ou_text_peek(vm, self)->length > 0; }

int ou_text_hash(OuVM *vm, OuValue self, int64_t *out) {
    *out = ou_str_hash(ou_text_peek(vm, self));
    return 0;
}

OU_COMPARE(ou_text_compare) {
    OuStr *x = ou_text_peek(vm, a), *y = ou_text_peek(vm, b);
    if (x == NULL || y == NULL || x->cell.kind != y->cell.kind) { return ou_not_implemented(); }
    if (op == OU_EQ || op == OU_NE) { return ou_new_bool(ou_str_equal(x, y) == (op == OU_EQ)); }
    return ou_new_bool(ou_order_is(ou_str_compare(x, y), op));
}

OU_NATIVE(ou_getnewargs) {
    OuValue plain = ou_is_instance_kind(ou_kind(args[0])) ? ou_as_instance(args[0])->words[0] : args[0];
    OuValue value = ou_is_kind(plain, OU_KIND_BOOL) ? ou_int(vm, ou_cell(plain)->aux) : ou_incref(plain);
    return ou_tuple_from_take(vm, &value, 1);
}

OuValue ou_text_no_concat(OuVM *vm, OuValue a, OuValue b) {
    OuTextView self = ou_text_self(vm, a);
    if (self.str == NULL || ou_may_reflect(vm, b, OU_BIN_ADD)) { return ou_not_implemented(); }
    return self.bytes ? ou_raise_type_error(vm, "can't concat %T to bytes", b)
                      : ou_raise_type_error(vm, "can only concatenate str (not \"%T\") to str", b);
}

OU_BINARY(ou_text_repeat) {
    OuTextView self = ou_text_self(vm, a);
    OuValue factor = b;
    if (self.str == NULL) {
        self = ou_text_self(vm, b);
        factor = a;
    }
    int64_t count;
    if (ou_type_of(vm, factor)->slots.index == NULL) {
        return ou_may_reflect(vm, factor, OU_BIN_MUL)
                   ? ou_not_implemented()
                   : ou_raise_type_error(vm, "can't multiply sequence by non-int of type '%T'", factor);
    }
    if (ou_count_argument(vm, factor, &count, OU_NO_INDEX) < 0) { return OU_NOTHING; }
    size_t length = self.str->length;
    if (count <= 0 || length == 0) { return self.bytes ? ou_bytes_from(vm, NULL, 0) : ou_str_empty(vm); }
    if (count == 1) { return ou_incref(ou_word(self.str)); }
    if (count > INT64_MAX / (int64_t)length) {
        return ou_raise(vm, OU_EXC_OverflowError,
                        self.bytes ? "repeated bytes are too long" : "repeated string is too long");
    }
    size_t total = length * (size_t)count, width = ou_str_width(self.str);
    OuStr *result = self.bytes ? ou_bytes_new(vm, total) : ou_str_new(vm, total, ou_str_max_point(self.str, 0, length));
    if (result == NULL) { return OU_NOTHING; }
    size_t filled = length * width;
    memcpy(result->data, self.str->data, filled);
    for (total *= width; filled < total;) { /* doubles what is there */
        size_t step = filled < total - filled ? filled : total - filled;
        memcpy(result->data + filled, result->data, step);
        filled += step;
    }
    return ou_word(result);
}

OuValue ou_text_getitem(OuVM *vm, OuValue self, OuValue key) {
    OuTextView text = ou_text_self(vm, self);
    int64_t length = text.str->length, index, start, stop, step;
    if (ou_is_kind(key, OU_KIND_SLICE)) {
        if (ou_slice_unpack(vm, (OuSlice *)(uintptr_t)key, &start, &stop, &step) < 0) { return OU_NOTHING; }
        int64_t count = ou_slice_adjust(length, &start, &stop, step);
        if (step == 1) { return ou_text_piece(vm, text, (size_t)start, (size_t)(start + count)); }
        OuBuilder out = {.vm = vm};
        for (int64_t i = 0; i < count && !out.failed; i++) {
            ou_builder_point(&out, ou_str_at(text.str, (uint32_t)(start + i * step)));
        }
        return ou_text_finish(&out, text.bytes);
    }
    if (!text.bytes && !ou_is_small(key) && ou_type_of(vm, key)->slots.index == NULL) {
        return ou_raise_type_error(vm, "string indices must be integers, not '%T'", key);
    }
    const char *range_error = text.bytes ? "index out of range" : "string index out of range";
    if (ou_sequence_index(vm, key, length, "byte", range_error, &index) < 0) { return OU_NOTHING; }
    uint32_t point = ou_str_at(text.str, (uint32_t)index);
    return text.bytes ? ou_int(vm, point) : ou_str_from_point(vm, point);
}
