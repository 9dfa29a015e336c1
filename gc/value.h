/* The value word: one 64-bit word holds any Python value.
 *
 *   ...000  pointer to a cell (all bits zero: "no value", an unbound name or an empty slot)
 *   ...1    63-bit signed integer, shifted left by one
 *   ..10    a double, self-tagged: w = rotl64(bits + (9 << 60), 3), for 2^-255 <= |x| < 2^257
 *   ..100   only the word 0x8000000000000004, which is exactly +0.0 in the same encoding
 *
 * The double encoding is Ruby's flonum in the reading of "Float Self-Tagging" (Melancon, Serrano, Feeley, arXiv
 * 2411.16544). Nothing outside this file knows the bits. Doubles outside the range and integers beyond 63 bits are
 * cells. */
#ifndef OU_GC_VALUE_H
#define OU_GC_VALUE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef uint64_t OuValue;

struct OuCell;

#define OU_NOTHING ((OuValue)0)    /* no value; as a result: an exception is pending */
#define OU_EMPTY_TEMP ((OuValue)1) /* what a consumed temporary register holds: the word of int 0 */

#define OU_SMALL_MAX ((int64_t)0x3fffffffffffffff)
#define OU_SMALL_MIN (-OU_SMALL_MAX - 1)

#define OU_DOUBLE_BIAS ((uint64_t)9 << 60)
#define OU_DOUBLE_TAGS 0x5454545454545454ull
#define OU_WORD_PLUS_ZERO 0x8000000000000004ull

/* Is the word a pointer to a cell, or no value at all? One test guards every fast release path. */
static inline bool ou_is_cell_or_nothing(OuValue value) { return (value & 7) == 0; }
static inline bool ou_is_cell(OuValue value) { return (value & 7) == 0 && value != 0; }
static inline bool ou_is_small(OuValue value) { return (value & 1) != 0; }
static inline bool ou_both_small(OuValue a, OuValue b) { return (a & b & 1) != 0; }
static inline bool ou_is_flonum(OuValue value) { return (OU_DOUBLE_TAGS >> (value & 63)) & 1; }
static inline struct OuCell *ou_cell(OuValue value) { return (struct OuCell *)(uintptr_t)value; }
static inline OuValue ou_word(const void *cell) { return (OuValue)(uintptr_t)cell; }
static inline int64_t ou_small(OuValue value) { return (int64_t)value >> 1; }
static inline OuValue ou_from_small(int64_t number) { return ((uint64_t)number << 1) | 1; }
static inline bool ou_fits_small(int64_t number) { return number >= OU_SMALL_MIN && number <= OU_SMALL_MAX; }

static inline double ou_flonum(OuValue value) {
    uint64_t bits = ((value >> 3) | (value << 61)) - OU_DOUBLE_BIAS;
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

/* Encodes a double, or returns OU_NOTHING when it needs a cell. */
static inline OuValue ou_try_flonum(double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    bits += OU_DOUBLE_BIAS;
    OuValue word = (bits << 3) | (bits >> 61);
    return ((word & 3) == 2 || word == OU_WORD_PLUS_ZERO) ? word : OU_NOTHING;
}

#endif
