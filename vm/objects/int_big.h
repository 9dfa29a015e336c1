/* Big ints on GMP's mpn layer: what int.c and int_text.c share. */
#ifndef OU_VM_OBJECTS_INT_BIG_H
#define OU_VM_OBJECTS_INT_BIG_H

#include <gmp.h>

#include "vm/objects/help.h"

_Static_assert(sizeof(mp_limb_t) == sizeof(uint64_t), "limbs are 64 bits");

/* Sign and magnitude of any exact int; `one` holds the limb of an immediate. Do not copy. */
typedef struct OuMagnitude {
    const mp_limb_t *limb;
    size_t limbs; /* 0: zero */
    bool negative;
    mp_limb_t one;
} OuMagnitude;

/* Scratch memory for GMP, reserved before the call because GMP cannot fail. */
typedef struct OuScratch {
    OuVM *vm;
    char *block, *next, *limit;
    size_t bytes;
    struct OuScratch *outer;
    void *(*allocate)(size_t);
    void *(*reallocate)(void *, size_t, size_t);
    void (*release)(void *, size_t);
} OuScratch;

void ou_big_view(OuMagnitude *self, OuValue number);
/* An int cell with room for `limbs`; NULL: raised. */
OuInt *ou_big_new(OuVM *vm, size_t limbs);
/* Strips leading zero limbs, sets the sign, turns small results to immediates. */
OuValue ou_big_finish_take(OuVM *vm, OuInt *self, bool negative);
OuValue ou_big_from_u128(OuVM *vm, unsigned __int128 magnitude, bool negative);
/* -1 raised. Nothing is reserved for small operands, which GMP serves from the C stack. */
int ou_scratch_open(OuVM *vm, OuScratch *self, size_t limbs);
void ou_scratch_close(OuScratch *self);

OuValue ou_big_add(OuVM *vm, const OuMagnitude *a, const OuMagnitude *b, bool subtract);
OuValue ou_big_mul(OuVM *vm, const OuMagnitude *a, const OuMagnitude *b);
/* Floor division; either result may be NULL. -1 raised. b is not zero. */
int ou_big_divmod(OuVM *vm, const OuMagnitude *a, const OuMagnitude *b, OuValue *quotient, OuValue *remainder);
OuValue ou_big_shift_left(OuVM *vm, const OuMagnitude *a, uint64_t count);
OuValue ou_big_shift_right(OuVM *vm, const OuMagnitude *a, uint64_t count);
OuValue ou_big_bitwise(OuVM *vm, const OuMagnitude *a, const OuMagnitude *b, OuBinary op);
int ou_big_compare(const OuMagnitude *a, const OuMagnitude *b);
uint64_t ou_big_bit_length(const OuMagnitude *a);

#endif
