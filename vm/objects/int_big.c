/* Arithmetic on magnitudes of any length, with GMP's mpn functions on limbs that lie in our cells.
 *
 * mpn works on naked limb arrays and never fails: where it wants scratch memory for large operands it
 * asks the process-wide allocation functions, so those are replaced around the call by a block that was
 * reserved (and checked) before. Results are fresh cells, normalised by ou_big_finish_take. */
#include "vm/objects/int_big.h"

#include <stdlib.h>

#define MAX_LIMBS ((size_t)1 << 31)
#define SCRATCH_FROM 200 /* below, GMP's scratch (10 times the operand at most) comes from the C stack */

static _Thread_local OuScratch *current_scratch;

/* --- scratch ---------------------------------------------------------------------------------------- */

/* A stack of blocks: GMP releases in the opposite order, so the block is reused within one call. */
static void *scratch_allocate(size_t bytes) {
    OuScratch *self = current_scratch;
    bytes = (bytes + 15) & ~(size_t)15;
    if (bytes > (size_t)(self->limit - self->next)) {
        return self->allocate(bytes); /* beyond the estimate: GMP's own functions */
    }
    void *result = self->next;
    self->next += bytes;
    return result;
}

static bool in_scratch(const OuScratch *self, const void *pointer) {
    return (const char *)pointer >= self->block && (const char *)pointer < self->limit;
}

static void scratch_release(void *pointer, size_t bytes) {
    OuScratch *self = current_scratch;
    bytes = (bytes + 15) & ~(size_t)15;
    if (!in_scratch(self, pointer)) {
        self->release(pointer, bytes);
    } else if ((char *)pointer + bytes == self->next) {
        self->next = pointer;
    }
}

static void *scratch_reallocate(void *pointer, size_t old_bytes, size_t bytes) {
    void *result = scratch_allocate(bytes);
    memcpy(result, pointer, old_bytes < bytes ? old_bytes : bytes);
    scratch_release(pointer, old_bytes);
    return result;
}

int ou_scratch_open(OuVM *vm, OuScratch *self, size_t limbs) {
    self->block = NULL;
    if (limbs < SCRATCH_FROM) { return 0; }
    if (ou_charge(vm, limbs * 8) < 0) { return -1; } /* one multiplication cannot be interrupted, many can */
    self->vm = vm;
    self->bytes = limbs * 80 + 65536;
    self->block = ou_buffer_new(&vm->heap, self->bytes);
    if (self->block == NULL) { return ou_raised(ou_raise_memory(vm)); }
    self->next = self->block;
    self->limit = self->block + self->bytes;
    self->outer = current_scratch;
    mp_get_memory_functions(&self->allocate, &self->reallocate, &self->release);
    current_scratch = self;
    mp_set_memory_functions(scratch_allocate, scratch_reallocate, scratch_release);
    return 0;
}

void ou_scratch_close(OuScratch *self) {
    if (self->block != NULL) {
        mp_set_memory_functions(self->allocate, self->reallocate, self->release);
        current_scratch = self->outer;
        ou_buffer_free(&self->vm->heap, self->block, self->bytes);
    }
}

/* --- cells ------------------------------------------------------------------------------------------ */

void ou_big_view(OuMagnitude *self, OuValue number) {
    if (ou_is_small(number)) {
        int64_t small = ou_small(number);
        self->negative = small < 0;
        self->one = small < 0 ? -(uint64_t)small : (uint64_t)small;
        self->limb = &self->one;
        self->limbs = small != 0;
    } else if (ou_cell(number)->kind == OU_KIND_BOOL) {
        self->negative = false;
        self->one = ou_cell(number)->aux;
        self->limb = &self->one;
        self->limbs = ou_cell(number)->aux;
    } else {
        const OuInt *cell = ou_as_int(number);
        self->negative = cell->cell.aux & 1;
        self->limb = (const mp_limb_t *)cell->limb;
        self->limbs = cell->limbs;
    }
}

OuInt *ou_big_new(OuVM *vm, size_t limbs) {
    OuCell *cell = limbs > MAX_LIMBS ? NULL : ou_cell_new(&vm->heap, OU_KIND_INT, sizeof(OuInt) + limbs * 8);
    if (cell == NULL) { return ou_no_memory(vm); }
    OuInt *self = (OuInt *)(void *)cell;
    self->limbs = (uint32_t)limbs;
    return self;
}

OuValue ou_big_finish_take(OuVM *vm, OuInt *self, bool negative) {
    if (self == NULL) { return OU_NOTHING; }
    while (self->limbs > 0 && self->limb[self->limbs - 1] == 0) { self->limbs--; }
    self->cell.aux = negative && self->limbs > 0;
    if (self->limbs <= 1 && !vm->boxed) {
        uint64_t limb = self->limbs == 0 ? 0 : self->limb[0];
        if (limb <= (uint64_t)OU_SMALL_MAX + (negative ? 1 : 0)) {
            ou_cell_discard(&vm->heap, &self->cell);
            return ou_from_small(negative ? (int64_t)(0 - limb) : (int64_t)limb);
        }
    }
    return ou_word(self);
}

OuValue ou_big_from_u128(OuVM *vm, unsigned __int128 magnitude, bool negative) {
    if (magnitude <= (uint64_t)OU_SMALL_MAX && !vm->boxed) {
        return ou_from_small(negative ? -(int64_t)magnitude : (int64_t)magnitude);
    }
    OuInt *self = ou_big_new(vm, 2);
    if (self != NULL) {
        self->limb[0] = (uint64_t)magnitude;
        self->limb[1] = (uint64_t)(magnitude >> 64);
    }
    return ou_big_finish_take(vm, self, negative);
}

OuValue ou_int_from_i64_slow(OuVM *vm, int64_t number) {
    return ou_big_from_u128(vm, number < 0 ? -(uint64_t)number : (uint64_t)number, number < 0);
}

OuValue ou_int_from_u64(OuVM *vm, uint64_t number) { return ou_big_from_u128(vm, number, false); }

/* --- magnitudes --------------------------------------------------------------------------------------- */

static int compare_magnitudes(const OuMagnitude *a, const OuMagnitude *b) {
    if (a->limbs != b->limbs) { return a->limbs < b->limbs ? -1 : 1; }
    return a->limbs == 0 ? 0 : mpn_cmp(a->limb, b->limb, (mp_size_t)a->limbs);
}

int ou_big_compare(const OuMagnitude *a, const OuMagnitude *b) {
    if (a->negative != b->negative) { return a->negative ? -1 : 1; }
    int order = compare_magnitudes(a, b);
    return a->negative ? -order : order;
}

uint64_t ou_big_bit_length(const OuMagnitude *a) {
    return a->limbs == 0 ? 0 : a->limbs * 64 - (uint64_t)__builtin_clzll(a->limb[a->limbs - 1]);
}

OuValue ou_big_add(OuVM *vm, const OuMagnitude *a, const OuMagnitude *b, bool subtract) {
    bool b_negative = b->negative != subtract;
    bool swapped = compare_magnitudes(a, b) < 0;
    const OuMagnitude *big = swapped ? b : a, *little = swapped ? a : b;
    bool negative = swapped ? b_negative : a->negative;
    OuInt *result = ou_big_new(vm, big->limbs + 1);
    if (result == NULL) { return OU_NOTHING; }
    mp_limb_t *out = (mp_limb_t *)result->limb;
    if (little->limbs == 0) {
        memcpy(out, big->limb, big->limbs * 8);
    } else if (a->negative == b_negative) {
        out[big->limbs] = mpn_add(out, big->limb, (mp_size_t)big->limbs, little->limb, (mp_size_t)little->limbs);
    } else {
        mpn_sub(out, big->limb, (mp_size_t)big->limbs, little->limb, (mp_size_t)little->limbs);
    }
    return ou_big_finish_take(vm, result, negative);
}

OuValue ou_big_mul(OuVM *vm, const OuMagnitude *a, const OuMagnitude *b) {
    const OuMagnitude *big = a->limbs < b->limbs ? b : a, *little = a->limbs < b->limbs ? a : b;
    OuScratch scratch;
    OuInt *result = ou_big_new(vm, little->limbs == 0 ? 0 : big->limbs + little->limbs);
    if (result == NULL) { return OU_NOTHING; }
    if (little->limbs > 0) {
        if (ou_scratch_open(vm, &scratch, little->limbs < 16 ? 0 : big->limbs) < 0) {
            ou_cell_discard(&vm->heap, &result->cell);
            return OU_NOTHING;
        }
        mp_limb_t *out = (mp_limb_t *)result->limb;
        if (big->limb == little->limb) {
            mpn_sqr(out, big->limb, (mp_size_t)big->limbs);
        } else {
            mpn_mul(out, big->limb, (mp_size_t)big->limbs, little->limb, (mp_size_t)little->limbs);
        }
        ou_scratch_close(&scratch);
    }
    return ou_big_finish_take(vm, result, a->negative != b->negative);
}

/* Truncating division of magnitudes: quotient and remainder cells, not normalised. */
static int divide_magnitudes(OuVM *vm, const OuMagnitude *a, const OuMagnitude *b, OuInt **quotient,
                             OuInt **remainder) {
    OuScratch scratch;
    *quotient = ou_big_new(vm, a->limbs - b->limbs + 2); /* one spare: flooring may add 1 */
    *remainder = *quotient == NULL ? NULL : ou_big_new(vm, b->limbs);
    if (*remainder == NULL || ou_scratch_open(vm, &scratch, a->limbs) < 0) {
        if (*quotient != NULL) { ou_cell_discard(&vm->heap, &(*quotient)->cell); }
        if (*remainder != NULL) { ou_cell_discard(&vm->heap, &(*remainder)->cell); }
        return -1;
    }
    mp_limb_t *q = (mp_limb_t *)(*quotient)->limb, *r = (mp_limb_t *)(*remainder)->limb;
    if (b->limbs == 1) {
        r[0] = mpn_divrem_1(q, 0, a->limb, (mp_size_t)a->limbs, b->limb[0]);
    } else {
        mpn_tdiv_qr(q, r, 0, a->limb, (mp_size_t)a->limbs, b->limb, (mp_size_t)b->limbs);
    }
    ou_scratch_close(&scratch);
    return 0;
}

int ou_big_divmod(OuVM *vm, const OuMagnitude *a, const OuMagnitude *b, OuValue *quotient, OuValue *remainder) {
    OuInt *q = NULL, *r = NULL;
    if (compare_magnitudes(a, b) < 0) {
        q = ou_big_new(vm, 1);
        r = q == NULL ? NULL : ou_big_new(vm, b->limbs);
        if (r == NULL) {
            if (q != NULL) { ou_cell_discard(&vm->heap, &q->cell); }
            return -1;
        }
        memcpy(r->limb, a->limb, a->limbs * 8);
    } else if (divide_magnitudes(vm, a, b, &q, &r) < 0) {
        return -1;
    }
    mp_limb_t *rest = (mp_limb_t *)r->limb;
    if (a->negative != b->negative && !mpn_zero_p(rest, (mp_size_t)r->limbs)) {
        mpn_add_1((mp_limb_t *)q->limb, (mp_limb_t *)q->limb, (mp_size_t)q->limbs, 1);
        mpn_sub(rest, b->limb, (mp_size_t)b->limbs, rest, (mp_size_t)r->limbs);
    }
    OuValue whole = ou_big_finish_take(vm, q, a->negative != b->negative);
    OuValue left = ou_big_finish_take(vm, r, b->negative);
    if (quotient != NULL) {
        *quotient = whole;
    } else {
        ou_drop(vm, whole);
    }
    if (remainder != NULL) {
        *remainder = left;
    } else {
        ou_drop(vm, left);
    }
    return 0;
}

/* --- bits --------------------------------------------------------------------------------------------- */

OuValue ou_big_shift_left(OuVM *vm, const OuMagnitude *a, uint64_t count) {
    size_t whole = count / 64;
    unsigned rest = (unsigned)(count % 64);
    if (a->limbs == 0) { return ou_int(vm, 0); }
    OuInt *result = ou_big_new(vm, a->limbs + whole + 1);
    if (result == NULL) { return OU_NOTHING; }
    mp_limb_t *out = (mp_limb_t *)result->limb + whole;
    if (rest > 0) {
        out[a->limbs] = mpn_lshift(out, a->limb, (mp_size_t)a->limbs, rest);
    } else {
        memcpy(out, a->limb, a->limbs * 8);
    }
    return ou_big_finish_take(vm, result, a->negative);
}

OuValue ou_big_shift_right(OuVM *vm, const OuMagnitude *a, uint64_t count) {
    size_t whole = count / 64;
    unsigned rest = (unsigned)(count % 64);
    if (whole >= a->limbs) { return ou_int(vm, a->negative ? -1 : 0); }
    bool lost = false; /* bits shifted out of a negative number: round down */
    for (size_t i = 0; i < whole && !lost; i++) { lost = a->limb[i] != 0; }
    size_t limbs = a->limbs - whole;
    OuInt *result = ou_big_new(vm, limbs + 1);
    if (result == NULL) { return OU_NOTHING; }
    mp_limb_t *out = (mp_limb_t *)result->limb;
    if (rest > 0) {
        lost |= mpn_rshift(out, a->limb + whole, (mp_size_t)limbs, rest) != 0;
    } else {
        memcpy(out, a->limb + whole, limbs * 8);
    }
    if (lost && a->negative) { mpn_add_1(out, out, (mp_size_t)limbs + 1, 1); }
    return ou_big_finish_take(vm, result, a->negative);
}

/* One limb of the two's complement form; `borrow` starts as 1 for a negative number. */
static inline uint64_t complement_limb(const OuMagnitude *a, size_t i, uint64_t *borrow) {
    uint64_t limb = i < a->limbs ? a->limb[i] : 0;
    if (!a->negative) { return limb; }
    uint64_t result = ~limb + *borrow;
    *borrow = *borrow && result == 0;
    return result;
}

OuValue ou_big_bitwise(OuVM *vm, const OuMagnitude *a, const OuMagnitude *b, OuBinary op) {
    size_t limbs = (a->limbs > b->limbs ? a->limbs : b->limbs) + 1;
    OuInt *result = ou_big_new(vm, limbs);
    if (result == NULL) { return OU_NOTHING; }
    uint64_t a_borrow = 1, b_borrow = 1, carry = 1;
    for (size_t i = 0; i < limbs; i++) {
        uint64_t x = complement_limb(a, i, &a_borrow), y = complement_limb(b, i, &b_borrow);
        result->limb[i] = op == OU_BIN_AND ? x & y : op == OU_BIN_OR ? x | y : x ^ y;
    }
    bool negative = result->limb[limbs - 1] >> 63;
    for (size_t i = 0; negative && i < limbs; i++) {
        result->limb[i] = ~result->limb[i] + carry;
        carry = carry && result->limb[i] == 0;
    }
    return ou_big_finish_take(vm, result, negative);
}
