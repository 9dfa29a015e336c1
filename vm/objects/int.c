/* int and bool: arithmetic, comparison, hash, conversion. Immediates first; everything else goes through
 * int_big.c. In boxed mode the same values come as cells: every function here accepts both. */
#include "vm/lib/lib.h"
#include "vm/objects/int_big.h"

#include <math.h>

#define HASH_MODULUS (((uint64_t)1 << 61) - 1)

/* --- looking at an int ---------------------------------------------------------------------------------- */

bool ou_int_to_i64(OuValue number, int64_t *out) {
    if (ou_is_small(number)) {
        *out = ou_small(number);
        return true;
    }
    OuMagnitude view;
    ou_big_view(&view, number);
    uint64_t limb = view.limbs == 0 ? 0 : view.limb[0];
    if (view.limbs > 1 || limb > (uint64_t)INT64_MAX + (view.negative ? 1 : 0)) { return false; }
    *out = (int64_t)(view.negative ? 0 - limb : limb);
    return true;
}

int ou_int_sign(OuValue number) {
    OuMagnitude view;
    ou_big_view(&view, number);
    return view.limbs == 0 ? 0 : view.negative ? -1 : 1;
}

int ou_int_compare(OuValue a, OuValue b) {
    if (ou_both_small(a, b)) { return ((int64_t)a > (int64_t)b) - ((int64_t)a < (int64_t)b); }
    OuMagnitude x, y;
    ou_big_view(&x, a);
    ou_big_view(&y, b);
    return ou_big_compare(&x, &y);
}

uint64_t ou_int_bit_length(OuValue number) {
    OuMagnitude view;
    ou_big_view(&view, number);
    return ou_big_bit_length(&view);
}

int64_t ou_int_hash(OuValue number) {
    OuMagnitude view;
    ou_big_view(&view, number);
    uint64_t hash = 0;
    for (size_t i = view.limbs; i > 0; i--) {
        hash = (uint64_t)((((unsigned __int128)hash << 64) | view.limb[i - 1]) % HASH_MODULUS);
    }
    int64_t result = view.negative ? -(int64_t)hash : (int64_t)hash;
    return result == -1 ? -2 : result;
}

/* The top 64 bits, the lowest one sticky, round once to 53: exact by the double rounding of a wider format. */
double ou_int_to_double(OuValue number, bool *overflow) {
    OuMagnitude view;
    ou_big_view(&view, number);
    *overflow = false;
    if (view.limbs <= 1) {
        double small = view.limbs == 0 ? 0.0 : (double)view.limb[0];
        return view.negative ? -small : small;
    }
    uint64_t bits = ou_big_bit_length(&view);
    unsigned shift = (unsigned)__builtin_clzll(view.limb[view.limbs - 1]);
    uint64_t top = view.limb[view.limbs - 1] << shift;
    uint64_t next = view.limb[view.limbs - 2];
    if (shift > 0) {
        top |= next >> (64 - shift);
        next <<= shift;
    }
    bool sticky = next != 0;
    for (size_t i = 0; i + 2 < view.limbs && !sticky; i++) { sticky = view.limb[i] != 0; }
    if (bits > 1024) {
        *overflow = true;
        return view.negative ? -HUGE_VAL : HUGE_VAL;
    }
    double result = ldexp((double)(top | (sticky ? 1 : 0)), (int)bits - 64);
    *overflow = isinf(result);
    return view.negative ? -result : result;
}

int ou_int_double(OuVM *vm, OuValue number, double *out) {
    bool overflow;
    if (ou_is_small(number)) {
        *out = (double)ou_small(number);
        return 0;
    }
    *out = ou_int_to_double(number, &overflow);
    return overflow ? ou_raised(ou_raise(vm, OU_EXC_OverflowError, "int too large to convert to float")) : 0;
}

OuValue ou_int_from_double(OuVM *vm, double number) {
    if (isnan(number)) { return ou_raise_value_error(vm, "cannot convert float NaN to integer"); }
    if (isinf(number)) { return ou_raise(vm, OU_EXC_OverflowError, "cannot convert float infinity to integer"); }
    if (fabs(number) < 9e18) { return ou_int(vm, (int64_t)number); }
    int exponent;
    double fraction = frexp(fabs(number), &exponent);
    OuMagnitude mantissa = {.limbs = 1, .negative = number < 0, .one = (uint64_t)ldexp(fraction, 53)};
    mantissa.limb = &mantissa.one;
    return ou_big_shift_left(vm, &mantissa, (uint64_t)(exponent - 53));
}

int ou_int_compare_double(OuVM *vm, OuValue a, double b, int *order) {
    const int64_t exact = INT64_C(1) << 53;
    int64_t small;
    if (isnan(b) || isinf(b)) {
        *order = isnan(b) ? 2 : b < 0 ? 1 : -1;
    } else if (ou_int_to_i64(a, &small) && small > -exact && small < exact) {
        *order = ((double)small > b) - ((double)small < b);
    } else if (fabs(b) < (double)exact) {
        *order = ou_int_sign(a);
    } else { /* a double of this size has no fraction */
        OuValue whole = ou_int_from_double(vm, b);
        if (whole == OU_NOTHING) { return -1; }
        *order = ou_int_compare(a, whole);
        ou_drop(vm, whole);
    }
    return 0;
}

/* --- arithmetic ----------------------------------------------------------------------------------------- */

static OuValue small_divmod(OuVM *vm, OuBinary op, int64_t x, int64_t y) {
    int64_t quotient = x / y, rest = x % y;
    if (rest != 0 && (rest ^ y) < 0) {
        quotient--;
        rest += y;
    }
    if (op == OU_BIN_FLOORDIV) { return ou_int(vm, quotient); }
    return op == OU_BIN_MOD ? ou_int(vm, rest)
                            : ou_tuple_from_take(vm, (OuValue[]){ou_int(vm, quotient), ou_int(vm, rest)}, 2);
}

/* Both operands fit 64 bits. OU_NOTHING without an exception: the result may not, take the long way. */
static OuValue small_binary(OuVM *vm, OuBinary op, int64_t x, int64_t y) {
    int64_t result;
    switch (op) {
    case OU_BIN_ADD: return __builtin_add_overflow(x, y, &result) ? OU_NOTHING : ou_int(vm, result);
    case OU_BIN_SUB: return __builtin_sub_overflow(x, y, &result) ? OU_NOTHING : ou_int(vm, result);
    case OU_BIN_MUL:
        if (!__builtin_mul_overflow(x, y, &result)) {
            return ou_int(vm, result);
        } else {
            unsigned __int128 product =
                (unsigned __int128)(x < 0 ? -(uint64_t)x : (uint64_t)x) * (y < 0 ? -(uint64_t)y : (uint64_t)y);
            return ou_big_from_u128(vm, product, (x < 0) != (y < 0));
        }
    case OU_BIN_FLOORDIV:
    case OU_BIN_MOD:
    case OU_BIN_DIVMOD: return y == 0 || y == -1 ? OU_NOTHING : small_divmod(vm, op, x, y);
    case OU_BIN_LSHIFT:
        if (y >= 0 && y < 62 && x > -(INT64_C(1) << (62 - y)) && x < INT64_C(1) << (62 - y)) {
            return ou_int(vm, (int64_t)((uint64_t)x << y));
        }
        return OU_NOTHING;
    case OU_BIN_RSHIFT: return y < 0 ? OU_NOTHING : ou_int(vm, x >> (y > 63 ? 63 : y));
    case OU_BIN_AND: return ou_int(vm, x & y);
    case OU_BIN_OR: return ou_int(vm, x | y);
    case OU_BIN_XOR: return ou_int(vm, x ^ y);
    default: return OU_NOTHING;
    }
}

static OuValue shift(OuVM *vm, OuBinary op, OuMagnitude *a, OuMagnitude *b) {
    if (b->negative) { return ou_raise_value_error(vm, "negative shift count"); }
    uint64_t count = b->limbs == 0 ? 0 : b->limb[0];
    if (op == OU_BIN_RSHIFT) { return ou_big_shift_right(vm, a, b->limbs > 1 ? UINT64_MAX : count); }
    if (a->limbs == 0) { return ou_int(vm, 0); }
    if (b->limbs > 1 || count > (uint64_t)INT64_MAX) {
        return ou_raise(vm, OU_EXC_OverflowError, "too many digits in integer");
    }
    return ou_big_shift_left(vm, a, count);
}

static OuValue divide(OuVM *vm, OuValue a, OuValue b) {
    OuMagnitude x, y;
    ou_big_view(&x, a);
    ou_big_view(&y, b);
    if (y.limbs == 0) { return ou_raise(vm, OU_EXC_ZeroDivisionError, "division by zero"); }
    uint64_t top = x.limbs == 0 ? 0 : x.limb[0];
    if (x.limbs > 1 || y.limbs > 1 || top > (uint64_t)1 << 53 || y.limb[0] > (uint64_t)1 << 53) {
        return ou_library_method(vm, "int_divide", (OuValue[]){a, b}, 2);
    }
    double result = (double)top / (double)y.limb[0];
    return ou_float(vm, x.negative != y.negative ? -result : result);
}

OuValue ou_int_binary(OuVM *vm, OuBinary op, OuValue a, OuValue b) {
    int64_t small_a, small_b;
    if (ou_int_to_i64(a, &small_a) && ou_int_to_i64(b, &small_b)) {
        OuValue result = small_binary(vm, op, small_a, small_b);
        if (result != OU_NOTHING || vm->pending != OU_NOTHING) { return result; }
    }
    OuMagnitude x, y;
    OuValue quotient = OU_NOTHING, rest = OU_NOTHING;
    ou_big_view(&x, a);
    ou_big_view(&y, b);
    switch (op) {
    case OU_BIN_ADD:
    case OU_BIN_SUB: return ou_big_add(vm, &x, &y, op == OU_BIN_SUB);
    case OU_BIN_MUL: return ou_big_mul(vm, &x, &y);
    case OU_BIN_TRUEDIV: return divide(vm, a, b);
    case OU_BIN_FLOORDIV:
    case OU_BIN_MOD:
    case OU_BIN_DIVMOD:
        if (y.limbs == 0) {
            return ou_raise(vm, OU_EXC_ZeroDivisionError,
                            op == OU_BIN_MOD ? "integer modulo by zero" : "integer division or modulo by zero");
        }
        if (ou_big_divmod(vm, &x, &y, op == OU_BIN_MOD ? NULL : &quotient, op == OU_BIN_FLOORDIV ? NULL : &rest) < 0) {
            return OU_NOTHING;
        }
        return op == OU_BIN_FLOORDIV ? quotient
               : op == OU_BIN_MOD    ? rest
                                     : ou_tuple_from_take(vm, (OuValue[]){quotient, rest}, 2);
    case OU_BIN_POW: return ou_int_power(vm, a, b, OU_NOTHING);
    case OU_BIN_LSHIFT:
    case OU_BIN_RSHIFT: return shift(vm, op, &x, &y);
    case OU_BIN_AND:
    case OU_BIN_OR:
    case OU_BIN_XOR: return ou_big_bitwise(vm, &x, &y, op);
    default: return ou_not_implemented();
    }
}

OuValue ou_int_binary_take(OuVM *vm, OuBinary op, OuValue a, OuValue b) {
    OuValue result = a != OU_NOTHING && b != OU_NOTHING ? ou_int_binary(vm, op, a, b) : OU_NOTHING;
    ou_drop(vm, a);
    ou_drop(vm, b);
    return result;
}

OuValue ou_int_negative(OuVM *vm, OuValue a) {
    OuMagnitude x, zero = {.limbs = 0};
    ou_big_view(&x, a);
    x.negative = !x.negative;
    return ou_big_add(vm, &x, &zero, false);
}

static OuValue invert(OuVM *vm, OuValue a) {
    OuMagnitude x, one = {.limbs = 1, .negative = true, .one = 1};
    one.limb = &one.one;
    ou_big_view(&x, a);
    x.negative = !x.negative && x.limbs > 0;
    return ou_big_add(vm, &x, &one, false);
}

/* --- power ---------------------------------------------------------------------------------------------- */

static int multiply_into(OuVM *vm, OuValue *target, OuValue factor) {
    OuValue product = ou_int_binary(vm, OU_BIN_MUL, *target, factor);
    if (product == OU_NOTHING) { return -1; }
    ou_drop(vm, *target);
    *target = product;
    return 0;
}

/* base ** exponent, exponent >= 0, from the top bit down. Consumes base. */
static OuValue power_take(OuVM *vm, OuValue base, OuValue exponent) {
    OuMagnitude bits;
    ou_big_view(&bits, exponent);
    uint64_t low = bits.limbs == 0 ? 0 : bits.limb[0], width = ou_int_bit_length(base);
    if (width <= 1 || bits.limbs == 0) {
        int sign = ou_int_sign(base);
        ou_drop(vm, base);
        return ou_int(vm, bits.limbs == 0 || (sign < 0 && low % 2 == 0) ? 1 : sign);
    }
    OuValue result = ou_int(vm, 1);
    bool failed = result == OU_NOTHING;
    if (!failed && (bits.limbs > 1 || ((unsigned __int128)width * low) >> 37)) {
        ou_raise_memory(vm); /* more than 16 GiB */
        failed = true;
    }
    for (uint64_t i = ou_big_bit_length(&bits); i > 0 && !failed; i--) {
        bool set = bits.limb[(i - 1) / 64] >> ((i - 1) % 64) & 1;
        failed = multiply_into(vm, &result, result) < 0 || (set && multiply_into(vm, &result, base) < 0) ||
                 ou_safepoint(vm) < 0;
    }
    ou_drop(vm, base);
    return failed ? ou_dropped(vm, result) : result;
}

OuValue ou_int_power(OuVM *vm, OuValue a, OuValue b, OuValue modulus) {
    if (modulus != OU_NOTHING) { return ou_library_method(vm, "int_pow", (OuValue[]){a, b, modulus}, 3); }
    if (ou_int_sign(b) < 0) {
        double x, y;
        if (ou_int_double(vm, a, &x) < 0 || ou_int_double(vm, b, &y) < 0) { return OU_NOTHING; }
        return ou_float_power(vm, x, y);
    }
    return power_take(vm, ou_incref(a), b);
}

/* --- slots ------------------------------------------------------------------------------------------------ */

static OuValue plain(OuVM *vm, OuValue value) {
    return ou_is_small(value) ? value : ou_plain_peek(vm, value, OU_KIND_INT);
}

static OuValue binary_slot(OuVM *vm, OuBinary op, OuValue a, OuValue b) {
    OuValue x = plain(vm, a), y = plain(vm, b);
    return x == OU_NOTHING || y == OU_NOTHING ? ou_not_implemented() : ou_int_binary(vm, op, x, y);
}

#define BINARY_SLOTS(X) \
    X(ADD) X(SUB) X(MUL) X(TRUEDIV) X(FLOORDIV) X(MOD) X(POW) X(LSHIFT) X(RSHIFT) X(AND) X(OR) X(XOR) X(DIVMOD)
#define DEFINE_SLOT(name) \
    static OuValue slot_##name(OuVM *vm, OuValue a, OuValue b) { return binary_slot(vm, OU_BIN_##name, a, b); }
BINARY_SLOTS(DEFINE_SLOT)
#define SLOT(name) [OU_BIN_##name] = slot_##name,

static OU_COMPARE(int_compare) {
    OuValue x = plain(vm, a), y = plain(vm, b);
    return x == OU_NOTHING || y == OU_NOTHING ? ou_not_implemented()
                                              : ou_new_bool(ou_order_is(ou_int_compare(x, y), op));
}

static OU_UNARY(int_repr) { return ou_int_to_str(vm, plain(vm, self), 10, false); }
static int int_hash(OuVM *vm, OuValue self, int64_t *out) {
    *out = ou_int_hash(plain(vm, self));
    return 0;
}
static int int_truth(OuVM *vm, OuValue self) { return ou_int_sign(plain(vm, self)) != 0; }

OuValue ou_int_exact(OuVM *vm, OuValue self) {
    OuValue number = plain(vm, self);
    return ou_is_kind(number, OU_KIND_BOOL) ? ou_int(vm, ou_cell(number)->aux) : ou_incref(number);
}
static OU_UNARY(int_negative) { return ou_int_negative(vm, plain(vm, self)); }
static OU_UNARY(int_invert) { return invert(vm, plain(vm, self)); }
static OU_UNARY(int_absolute) {
    return ou_int_sign(plain(vm, self)) < 0 ? int_negative(vm, self) : ou_int_exact(vm, self);
}
static OU_UNARY(int_as_float) {
    double number;
    return ou_int_double(vm, plain(vm, self), &number) < 0 ? OU_NOTHING : ou_float(vm, number);
}

/* --- int(...) ---------------------------------------------------------------------------------------------- */

OuValue ou_int_from_object(OuVM *vm, OuValue object) {
    if (ou_is_int(object)) { return ou_incref(object); }
    const OuSlots *slots = &ou_type_of(vm, object)->slots;
    if (slots->as_int != NULL) {
        return ou_plain_take(vm, slots->as_int(vm, object), OU_KIND_INT, "__int__ returned non-int (type %T)");
    }
    if (slots->index != NULL) { return ou_index(vm, object); }
    OuValue result;
    int found = ou_call_special(vm, object, vm->names[OU_NAME_trunc], NULL, 0, &result);
    if (found < 0) { return OU_NOTHING; }
    if (found > 0) {
        if (plain(vm, result) == OU_NOTHING && ou_type_of(vm, result)->slots.index == NULL) {
            ou_raise_type_error(vm, "__trunc__ returned non-Integral (type %T)", result);
            return ou_dropped(vm, result);
        }
        OuValue *regs = ou_regs_hold_take(vm, result);
        if (regs == NULL) { return OU_NOTHING; }
        return ou_regs_result(vm, regs, ou_index(vm, result));
    }
    OuStr *text = ou_text_peek(vm, object);
    if (text == NULL) {
        return ou_raise_type_error(
            vm, "int() argument must be a string, a bytes-like object or a real number, not '%T'", object);
    }
    return ou_int_parse(vm, text, 10);
}

static OuValue int_make_plain(OuVM *vm, OuValue number, OuValue base) {
    if (base == OU_NOTHING) { return number == OU_NOTHING ? ou_int(vm, 0) : ou_int_from_object(vm, number); }
    if (number == OU_NOTHING) { return ou_raise_type_error(vm, "int() missing string argument"); }
    int64_t radix;
    if (ou_index_i64(vm, base, &radix, true) < 0) { return OU_NOTHING; }
    if ((radix != 0 && radix < 2) || radix > 36) {
        return ou_raise_value_error(vm, "int() base must be >= 2 and <= 36, or 0");
    }
    OuStr *text = ou_text_peek(vm, number);
    return text != NULL ? ou_int_parse(vm, text, radix)
                        : ou_raise_type_error(vm, "int() can't convert non-string with explicit base");
}

static OU_MAKE(int_make) {
    OuValue out[2];
    if (ou_make_args(vm, "int", "x/ base", 0, 2, args, nargs, kwnames, out) < 0) { return OU_NOTHING; }
    return ou_made_take(vm, type, OU_TYPE_INT, int_make_plain(vm, out[0], out[1]));
}

/* --- bool ------------------------------------------------------------------------------------------------- */

static OU_MAKE(bool_make) {
    int given = ou_positional(vm, "bool", true, 0, 1, nargs, kwnames);
    return ou_truth_unless(given > 0 ? ou_truth(vm, args[0]) : given);
}

static OU_UNARY(bool_repr) { return ou_str_from_text(vm, ou_cell(self)->aux ? "True" : "False"); }

static OuValue bool_binary(OuVM *vm, OuBinary op, OuValue a, OuValue b) {
    if (!ou_is_kind(a, OU_KIND_BOOL) || !ou_is_kind(b, OU_KIND_BOOL)) { return binary_slot(vm, op, a, b); }
    int x = ou_cell(a)->aux, y = ou_cell(b)->aux;
    return ou_new_bool(op == OU_BIN_AND ? x & y : op == OU_BIN_OR ? x | y : x ^ y);
}
static OU_BINARY(bool_and) { return bool_binary(vm, OU_BIN_AND, a, b); }
static OU_BINARY(bool_or) { return bool_binary(vm, OU_BIN_OR, a, b); }
static OU_BINARY(bool_xor) { return bool_binary(vm, OU_BIN_XOR, a, b); }

/* --- tables ------------------------------------------------------------------------------------------------ */

static OU_UNARY(get_zero) { return ou_int(vm, 0); }
static OU_UNARY(get_one) { return ou_int(vm, 1); }

static const OuGetSetDef int_getsets[] = {
    {"real", ou_int_exact, NULL, "the real part of a complex number"},
    {"imag", get_zero, NULL, "the imaginary part of a complex number"},
    {"numerator", ou_int_exact, NULL, "the numerator of a rational number in lowest terms"},
    {"denominator", get_one, NULL, "the denominator of a rational number in lowest terms"},
    OU_GETSET_END,
};

#define INT_SLOTS                                                                                                \
    .hash = int_hash, .compare = int_compare, .truth = int_truth, .index = ou_int_exact, .as_int = ou_int_exact, \
    .as_float = int_as_float, .negative = int_negative, .positive = ou_int_exact, .invert = int_invert,          \
    .absolute = int_absolute

const OuNativeType ou_int_type = {
    .slots = {INT_SLOTS, .repr = int_repr, .make = int_make, .binary = {BINARY_SLOTS(SLOT)}},
    .methods = ou_int_methods,
    .class_methods = ou_int_class_methods,
    .getsets = int_getsets,
    .doc = "int([x]) -> integer\nint(x, base=10) -> integer",
};

const OuNativeType ou_bool_type = {
    .final = true,
    .slots = {.repr = bool_repr,
              .make = bool_make,
              .binary = {[OU_BIN_AND] = bool_and, [OU_BIN_OR] = bool_or, [OU_BIN_XOR] = bool_xor}},
    .doc = "bool(x) -> bool",
};

const OuKindOps ou_int_ops = {.name = "int", .leaf = true};
