/* The dispatch loop and nothing else.
 *
 * `pc` points to the first word of the current instruction; frame->pc is set to it before anything that may raise, run
 * code or look at the frame. Bodies: fast path on immediates and cached places, one named slow call, next. The slow
 * calls answer with OU_DONE, OU_PUSHED or OU_RAISED (vm/loop.h). */
#include "vm/loop.h"
#include "vm/objects/instance.h"

#if defined(__GNUC__)
#define COMPUTED_GOTO 1
#endif

#define A (((const uint8_t *)pc)[1])
#define B (((const uint8_t *)pc)[2])
#define C (((const uint8_t *)pc)[3])
#define BC (((const uint16_t *)pc)[1])
#define SAVE() (frame->pc = pc)
#define IS_TEMP(reg) ((reg) >= named)
#define JUMP_AT(word) (pc += (int32_t)pc[word] + (word) + 1)

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

/* Stores in a destination; the old value goes last. */
#define SET(reg, value)                              \
    do {                                             \
        OuValue *place_ = &R[reg];                   \
        OuValue old_ = *place_;                      \
        *place_ = (value);                           \
        if (UNLIKELY(ou_is_cell_or_nothing(old_))) { \
            SAVE();                                  \
            ou_release(&vm->heap, old_);             \
        }                                            \
    } while (0)

/* Consumes an operand register that may be a temporary holding a cell. */
#define CONSUME(reg)                          \
    do {                                      \
        if (IS_TEMP(reg)) {                   \
            OuValue used_ = R[reg];           \
            R[reg] = OU_EMPTY_TEMP;           \
            if (ou_is_cell(used_)) {          \
                SAVE();                       \
                ou_release(&vm->heap, used_); \
            }                                 \
        }                                     \
    } while (0)

/* Takes over the operand `value` of register `reg`: a temporary gives it up, a named register shares it. */
#define MOVE_OUT(reg, value)        \
    do {                            \
        if (IS_TEMP(reg)) {         \
            R[reg] = OU_EMPTY_TEMP; \
        } else {                    \
            ou_incref(value);       \
        }                           \
    } while (0)

#if COMPUTED_GOTO
#define TARGET(name) op_##name:
#define DISPATCH() goto *labels[*(const uint8_t *)pc]
#else
#define TARGET(name) case OP_##name:
#define DISPATCH() goto again
#endif
#define NEXT(words)    \
    do {               \
        pc += (words); \
        DISPATCH();    \
    } while (0)

/* Runs a slow path: its instruction is `words` long. */
#define SLOW(call, words)                                 \
    do {                                                  \
        SAVE();                                           \
        int outcome_ = (call);                            \
        if (LIKELY(outcome_ == OU_DONE)) { NEXT(words); } \
        if (outcome_ == OU_PUSHED) { goto enter; }        \
        goto raised;                                      \
    } while (0)

/* The same for attribute instructions. */
#define SLOW_ATTR(call)                         \
    do {                                        \
        SAVE();                                 \
        int found_ = (call);                    \
        if (found_ == OU_AGAIN) { DISPATCH(); } \
        SLOW(found_, 5);                        \
    } while (0)

#define SAFEPOINT()                                         \
    do {                                                    \
        if (UNLIKELY(vm->heap.pending)) { goto safepoint; } \
    } while (0)

#define BRANCH(condition) \
    do {                  \
        if (condition) {  \
            JUMP_AT(1);   \
            SAFEPOINT();  \
            DISPATCH();   \
        }                 \
        NEXT(2);          \
    } while (0)

/* int op int with the CPU's overflow flag, double op double, else the slow path. `right` is a value. */
#define ARITHMETIC(OP, INT_EXPR, FLOAT_EXPR, right, inplace)      \
    do {                                                          \
        OuValue x = R[B], y = (right);                            \
        int64_t sum;                                              \
        if (LIKELY(ou_both_small(x, y)) && LIKELY(!(INT_EXPR))) { \
            SET(A, (OuValue)sum);                                 \
            NEXT(1);                                              \
        }                                                         \
        if (ou_is_flonum(x) && ou_is_flonum(y)) {                 \
            double p = ou_flonum(x), q = ou_flonum(y);            \
            OuValue word = ou_try_flonum(FLOAT_EXPR);             \
            if (LIKELY(word != OU_NOTHING)) {                     \
                SET(A, word);                                     \
                NEXT(1);                                          \
            }                                                     \
        }                                                         \
        SLOW(ou_op_binary(vm, OP, inplace, x, y), 1);             \
    } while (0)

#define INT_ADD __builtin_add_overflow((int64_t)x, (int64_t)(y - 1), &sum)
#define INT_SUB __builtin_sub_overflow((int64_t)x, (int64_t)(y - 1), &sum)
#define INT_MUL (__builtin_mul_overflow((int64_t)(x - 1), ou_small(y), &sum) ? 1 : (sum |= 1, 0))

#define FLOOR_DIVIDE(right, OP)                                                                              \
    do {                                                                                                     \
        OuValue x = R[B], y = (right);                                                                       \
        if (LIKELY(ou_both_small(x, y)) && LIKELY((int64_t)y > 1)) {                                         \
            int64_t p = ou_small(x), q = ou_small(y);                                                        \
            int64_t quotient = p / q, rest = p % q;                                                          \
            SET(A, ou_from_small((OP) == OU_BIN_MOD ? rest + (q & (rest >> 63)) : quotient + (rest >> 63))); \
            NEXT(1);                                                                                         \
        }                                                                                                    \
        SLOW(ou_op_binary(vm, OP, false, x, y), 1);                                                          \
    } while (0)

#define TRUE_DIVIDE(right)                                                  \
    do {                                                                    \
        OuValue x = R[B], y = (right);                                      \
        if (ou_is_flonum(x) && ou_is_flonum(y) && y != OU_WORD_PLUS_ZERO) { \
            OuValue word = ou_try_flonum(ou_flonum(x) / ou_flonum(y));      \
            if (LIKELY(word != OU_NOTHING)) {                               \
                SET(A, word);                                               \
                NEXT(1);                                                    \
            }                                                               \
        }                                                                   \
        SLOW(ou_op_binary(vm, OU_BIN_TRUEDIV, false, x, y), 1);             \
    } while (0)

#define BITWISE(OP, INT_EXPR, right)                \
    do {                                            \
        OuValue x = R[B], y = (right);              \
        if (LIKELY(ou_both_small(x, y))) {          \
            SET(A, (INT_EXPR));                     \
            NEXT(1);                                \
        }                                           \
        SLOW(ou_op_binary(vm, OP, false, x, y), 1); \
    } while (0)

#define RIGHT_SHIFT(right)                                     \
    do {                                                       \
        OuValue x = R[B], y = (right);                         \
        if (LIKELY(ou_both_small(x, y)) && LIKELY(y < 126)) {  \
            SET(A, ou_from_small(ou_small(x) >> (y >> 1)));    \
            NEXT(1);                                           \
        }                                                      \
        SLOW(ou_op_binary(vm, OU_BIN_RSHIFT, false, x, y), 1); \
    } while (0)

#define COMPARE_TO(OP, operator)                                                 \
    do {                                                                         \
        OuValue x = R[B], y = R[C];                                              \
        if (LIKELY(ou_both_small(x, y))) {                                       \
            SET(A, ou_incref(ou_from_bool((int64_t)x operator(int64_t) y)));     \
            NEXT(1);                                                             \
        }                                                                        \
        if (ou_is_flonum(x) && ou_is_flonum(y)) {                                \
            SET(A, ou_incref(ou_from_bool(ou_flonum(x) operator ou_flonum(y)))); \
            NEXT(1);                                                             \
        }                                                                        \
        SLOW(ou_op_compare(vm, OP, x, y), 1);                                    \
    } while (0)

#define COMPARE_JUMP(OP, operator, right)                           \
    do {                                                            \
        OuValue x = R[A], y = (right);                              \
        bool truth;                                                 \
        if (LIKELY(ou_both_small(x, y))) {                          \
            truth = (int64_t)x operator(int64_t) y;                 \
        } else if (ou_is_flonum(x) && ou_is_flonum(y)) {            \
            truth = ou_flonum(x) operator ou_flonum(y);             \
        } else {                                                    \
            SAVE();                                                 \
            int outcome = ou_op_jump_compare(vm, OP, x, y, &truth); \
            if (outcome != OU_DONE) {                               \
                if (outcome == OU_PUSHED) { goto enter; }           \
                goto raised;                                        \
            }                                                       \
        }                                                           \
        BRANCH(truth == C);                                         \
    } while (0)

/* Lists and short tuples by number; the item is read before anything can die. */
#define GET_ITEM(key_value)                                                                               \
    do {                                                                                                  \
        OuValue object = R[B], key = (key_value), value;                                                  \
        if (LIKELY(ou_is_small(key)) && LIKELY(ou_is_cell(object))) {                                     \
            int64_t index = ou_small(key);                                                                \
            if (LIKELY(ou_cell(object)->kind == OU_KIND_LIST)) {                                          \
                const OuList *list = ou_as_list(object);                                                  \
                index += index < 0 ? (int64_t)list->length : 0;                                           \
                if (UNLIKELY((uint64_t)index >= list->length)) { SLOW(ou_op_getitem(vm), 1); }            \
                value = list->items[index];                                                               \
            } else if (ou_cell(object)->kind == OU_KIND_TUPLE && ou_cell(object)->aux != OU_TUPLE_LONG) { \
                index += index < 0 ? ou_cell(object)->aux : 0;                                            \
                if (UNLIKELY((uint64_t)index >= ou_cell(object)->aux)) { SLOW(ou_op_getitem(vm), 1); }    \
                value = ou_as_tuple(object)->items[index];                                                \
            } else {                                                                                      \
                SLOW(ou_op_getitem(vm), 1);                                                               \
            }                                                                                             \
            ou_incref(value);                                                                             \
            if (IS_TEMP(B)) {                                                                             \
                SAVE();                                                                                   \
                ou_finish(vm, frame, value);                                                              \
                NEXT(1);                                                                                  \
            }                                                                                             \
            SET(A, value);                                                                                \
            NEXT(1);                                                                                      \
        }                                                                                                 \
        SLOW(ou_op_getitem(vm), 1);                                                                       \
    } while (0)

#define SET_ITEM(key_value)                                                                                \
    do {                                                                                                   \
        OuValue object = R[A], key = (key_value);                                                          \
        if (LIKELY(ou_is_small(key)) && LIKELY(ou_is_kind(object, OU_KIND_LIST)) && LIKELY(!IS_TEMP(A))) { \
            OuList *list = ou_as_list(object);                                                             \
            int64_t index = ou_small(key);                                                                 \
            index += index < 0 ? (int64_t)list->length : 0;                                                \
            if (LIKELY((uint64_t)index < list->length)) {                                                  \
                OuValue value = R[C];                                                                      \
                MOVE_OUT(C, value);                                                                        \
                SAVE();                                                                                    \
                ou_slot_set(&vm->heap, &list->items[index], value);                                        \
                NEXT(1);                                                                                   \
            }                                                                                              \
        }                                                                                                  \
        SLOW(ou_op_setitem(vm), 1);                                                                        \
    } while (0)

/* Enters a Python function whose arguments lie at `new_base` as its parameters. */
#define PUSH_FRAME(function, new_base)                                                                               \
    do {                                                                                                             \
        OuCode *code = ou_function_code(function);                                                                   \
        OuFrame *callee_frame = frame + 1;                                                                           \
        SAVE();                                                                                                      \
        if (UNLIKELY(callee_frame >= vm->frames_limit) || UNLIKELY(new_base + code->registers >= vm->stack_limit) || \
            UNLIKELY(vm->depth >= vm->recursion_limit) || UNLIKELY(vm->heap.pending)) {                              \
            SLOW(ou_op_call(vm), 1);                                                                                 \
        }                                                                                                            \
        *callee_frame = (OuFrame){.base = new_base,                                                                  \
                                  .pc = code->instructions,                                                          \
                                  .code = code,                                                                      \
                                  .func = function,                                                                  \
                                  .globals = ou_as_dict(code->globals),                                              \
                                  .cont = OU_CONT_STORE,                                                             \
                                  .dst = C};                                                                         \
        for (uint32_t i = code->positional, end = code->named; i < end; i++) { new_base[i] = OU_NOTHING; }           \
        vm->top = new_base + code->registers;                                                                        \
        vm->frame = frame = callee_frame;                                                                            \
        vm->depth++;                                                                                                 \
        R = new_base;                                                                                                \
        pc = code->instructions;                                                                                     \
        K = ou_as_tuple(code->constants)->items;                                                                     \
        named = code->named;                                                                                         \
        DISPATCH();                                                                                                  \
    } while (0)

/* Truth of R[A] into `truth`; leaves by `enter` or `raised`. */
#define TRUTH(truth)                                          \
    do {                                                      \
        OuValue tested = R[A];                                \
        if (tested == OU_TRUE) {                              \
            truth = 1;                                        \
        } else if (tested == OU_FALSE || tested == OU_NONE) { \
            truth = 0;                                        \
        } else if (ou_is_small(tested)) {                     \
            truth = tested != ou_from_small(0);               \
        } else {                                              \
            SAVE();                                           \
            int outcome = ou_op_truth(vm, tested, &truth);    \
            if (outcome != OU_DONE) {                         \
                if (outcome == OU_PUSHED) { goto enter; }     \
                goto raised;                                  \
            }                                                 \
        }                                                     \
    } while (0)

static inline OuValue *cached_place(const uint32_t *pc) {
    uintptr_t place;
    memcpy(&place, &pc[3], sizeof place);
    return (OuValue *)place;
}

static inline OuValue *global_place(const uint32_t *pc) {
    uintptr_t place;
    memcpy(&place, &pc[2], sizeof place);
    return (OuValue *)place;
}

OuValue ou_run(OuVM *vm) {
#if COMPUTED_GOTO
    static const void *const labels[OP_COUNT] = {
#define OU_OP(name, roles, extra, follows, flags, doc) &&op_##name,
#include "compiler/opcodes.def"
#undef OU_OP
    };
#endif
    OuFrame *frame;
    OuValue *R;
    const OuValue *K;
    uint32_t *pc;
    uint32_t named;

    if (ou_depth_check(vm, 0, "") < 0) { /* the frame that was pushed for this call ends before its first instruction */
        ou_frame_abort(vm);
        return OU_NOTHING;
    }

enter: /* vm->frame changed: a new frame, or back in a caller */
    frame = vm->frame;
    R = frame->base;
    pc = frame->pc;
    K = ou_as_tuple(frame->code->constants)->items;
    named = frame->code->named;
#if COMPUTED_GOTO
    DISPATCH();
#else
again:
    switch ((OuOpcode) * (const uint8_t *)pc) {
#endif

    TARGET(NOP) { NEXT(1); }
    TARGET(STEPS) {
        vm->with_open += (int8_t)A;
        vm->steps_left -= pc[1];
        if (UNLIKELY(vm->steps_left < 0)) {
            SAVE();
            ou_stop(vm);
            goto raised;
        }
        NEXT(2);
    }
    TARGET(MOVE) {
        OuValue value = ou_incref(R[B]);
        SET(A, value);
        NEXT(1);
    }
    TARGET(TAKE) {
        OuValue value = R[B];
        R[B] = OU_EMPTY_TEMP;
        SET(A, value);
        NEXT(1);
    }
    TARGET(LOADK) {
        SET(A, ou_incref(K[BC]));
        NEXT(1);
    }
    TARGET(LOADKX) {
        SET(A, ou_incref(K[pc[1]]));
        NEXT(2);
    }
    TARGET(CHECK) {
        if (LIKELY(R[A] != OU_NOTHING)) { NEXT(1); }
        SLOW(ou_op_other(vm), 1);
    }
    TARGET(CLEAR) {
        SET(A, OU_NOTHING);
        NEXT(1);
    }
    TARGET(DROP) {
        CONSUME(A);
        NEXT(1);
    }
    TARGET(LOAD_CELL) {
        OuValue value = ou_as_cell_object(R[B])->content;
        if (LIKELY(value != OU_NOTHING)) {
            SET(A, ou_incref(value));
            NEXT(1);
        }
        SLOW(ou_op_other(vm), 1);
    }
    TARGET(STORE_CELL) {
        OuValue value = R[B];
        MOVE_OUT(B, value);
        SAVE();
        ou_slot_set(&vm->heap, &ou_as_cell_object(R[A])->content, value);
        NEXT(1);
    }
    TARGET(LOAD_FREE) {
        OuValue value = ou_as_cell_object(frame->func->cells[BC])->content;
        if (LIKELY(value != OU_NOTHING)) {
            SET(A, ou_incref(value));
            NEXT(1);
        }
        SLOW(ou_op_other(vm), 1);
    }
    TARGET(STORE_FREE) {
        OuValue value = R[A];
        MOVE_OUT(A, value);
        SAVE();
        ou_slot_set(&vm->heap, &ou_as_cell_object(frame->func->cells[BC])->content, value);
        NEXT(1);
    }
    TARGET(LOAD_GLOBAL) {
        if (LIKELY(pc[1] == vm->namespace_epoch)) {
            SET(A, ou_incref(*global_place(pc)));
            NEXT(4);
        }
        SLOW(ou_op_load_global(vm), 4);
    }
    TARGET(STORE_GLOBAL) {
        if (LIKELY(pc[1] == vm->namespace_epoch)) {
            OuValue value = R[A];
            MOVE_OUT(A, value);
            SAVE();
            ou_slot_set(&vm->heap, global_place(pc), value);
            NEXT(4);
        }
        SLOW(ou_op_store_global(vm), 4);
    }

    /* --- arithmetic --- */
    TARGET(ADD) { ARITHMETIC(OU_BIN_ADD, INT_ADD, p + q, R[C], false); }
    TARGET(ADDK) { ARITHMETIC(OU_BIN_ADD, INT_ADD, p + q, K[C], false); }
    TARGET(IADD) { ARITHMETIC(OU_BIN_ADD, INT_ADD, p + q, R[C], true); }
    TARGET(IADDK) { ARITHMETIC(OU_BIN_ADD, INT_ADD, p + q, K[C], true); }
    TARGET(SUB) { ARITHMETIC(OU_BIN_SUB, INT_SUB, p - q, R[C], false); }
    TARGET(SUBK) { ARITHMETIC(OU_BIN_SUB, INT_SUB, p - q, K[C], false); }
    TARGET(ISUB) { ARITHMETIC(OU_BIN_SUB, INT_SUB, p - q, R[C], true); }
    TARGET(ISUBK) { ARITHMETIC(OU_BIN_SUB, INT_SUB, p - q, K[C], true); }
    TARGET(MUL) { ARITHMETIC(OU_BIN_MUL, INT_MUL, p * q, R[C], false); }
    TARGET(MULK) { ARITHMETIC(OU_BIN_MUL, INT_MUL, p * q, K[C], false); }
    TARGET(IMUL) { ARITHMETIC(OU_BIN_MUL, INT_MUL, p * q, R[C], true); }
    TARGET(TRUEDIV) { TRUE_DIVIDE(R[C]); }
    TARGET(TRUEDIVK) { TRUE_DIVIDE(K[C]); }
    TARGET(FLOORDIV) { FLOOR_DIVIDE(R[C], OU_BIN_FLOORDIV); }
    TARGET(FLOORDIVK) { FLOOR_DIVIDE(K[C], OU_BIN_FLOORDIV); }
    TARGET(MOD) { FLOOR_DIVIDE(R[C], OU_BIN_MOD); }
    TARGET(MODK) { FLOOR_DIVIDE(K[C], OU_BIN_MOD); }
    TARGET(AND) { BITWISE(OU_BIN_AND, x & y, R[C]); }
    TARGET(ANDK) { BITWISE(OU_BIN_AND, x & y, K[C]); }
    TARGET(OR) { BITWISE(OU_BIN_OR, x | y, R[C]); }
    TARGET(XOR) { BITWISE(OU_BIN_XOR, (x ^ y) | 1, R[C]); }
    TARGET(RSHIFT) { RIGHT_SHIFT(R[C]); }
    TARGET(RSHIFTK) { RIGHT_SHIFT(K[C]); }
    TARGET(LSHIFT) {
        OuValue x = R[B], y = R[C];
        if (ou_both_small(x, y) && y < 126) {
            int64_t number = ou_small(x), shift = ou_small(y);
            int64_t shifted = (int64_t)((uint64_t)number << shift);
            if (shifted >> shift == number && ou_fits_small(shifted)) {
                SET(A, ou_from_small(shifted));
                NEXT(1);
            }
        }
        SLOW(ou_op_binary(vm, OU_BIN_LSHIFT, false, x, y), 1);
    }
    TARGET(BINARY) { SLOW(ou_op_binary(vm, (OuBinary)pc[1], false, R[B], R[C]), 2); }
    TARGET(INPLACE) { SLOW(ou_op_binary(vm, (OuBinary)pc[1], true, R[B], R[C]), 2); }
    TARGET(NEGATIVE) {
        OuValue x = R[B];
        if (ou_is_small(x) && x != ou_from_small(OU_SMALL_MIN)) {
            SET(A, ou_from_small(-ou_small(x)));
            NEXT(1);
        }
        if (ou_is_flonum(x) && x != OU_WORD_PLUS_ZERO) {
            SET(A, ou_try_flonum(-ou_flonum(x)));
            NEXT(1);
        }
        SLOW(ou_op_unary(vm, OP_NEGATIVE), 1);
    }
    TARGET(POSITIVE) { SLOW(ou_op_unary(vm, OP_POSITIVE), 1); }
    TARGET(INVERT) { SLOW(ou_op_unary(vm, OP_INVERT), 1); }
    TARGET(NOT) {
        OuValue x = R[B];
        if (x == OU_TRUE || x == OU_FALSE || x == OU_NONE) {
            bool truth = x == OU_TRUE;
            CONSUME(B);
            SET(A, ou_incref(ou_from_bool(!truth)));
            NEXT(1);
        }
        SLOW(ou_op_unary(vm, OP_NOT), 1);
    }

    /* --- comparisons --- */
    TARGET(LT) { COMPARE_TO(OU_LT, <); }
    TARGET(LE) { COMPARE_TO(OU_LE, <=); }
    TARGET(EQ) { COMPARE_TO(OU_EQ, ==); }
    TARGET(NE) { COMPARE_TO(OU_NE, !=); }
    TARGET(GT) { COMPARE_TO(OU_GT, >); }
    TARGET(GE) { COMPARE_TO(OU_GE, >=); }
    TARGET(IS) { SLOW(ou_op_other(vm), 1); }
    TARGET(IS_NOT) { SLOW(ou_op_other(vm), 1); }
    TARGET(IN) { SLOW(ou_op_contains(vm, R[C], R[B]), 1); }
    TARGET(NOT_IN) { SLOW(ou_op_contains(vm, R[C], R[B]), 1); }

    /* --- jumps --- */
    TARGET(JUMP) {
        JUMP_AT(1);
        DISPATCH();
    }
    TARGET(LOOP) {
        JUMP_AT(1);
        SAFEPOINT();
        DISPATCH();
    }
    TARGET(JT) {
        int truth;
        TRUTH(truth);
        CONSUME(A);
        BRANCH(truth);
    }
    TARGET(JF) {
        int truth;
        TRUTH(truth);
        CONSUME(A);
        BRANCH(!truth);
    }
    TARGET(JT_KEEP) {
        int truth;
        TRUTH(truth);
        if (truth) {
            JUMP_AT(1);
            DISPATCH();
        }
        CONSUME(A);
        NEXT(2);
    }
    TARGET(JF_KEEP) {
        int truth;
        TRUTH(truth);
        if (!truth) {
            JUMP_AT(1);
            DISPATCH();
        }
        CONSUME(A);
        NEXT(2);
    }
    TARGET(JNONE) {
        bool none = R[A] == OU_NONE;
        CONSUME(A);
        BRANCH(none);
    }
    TARGET(JNOTNONE) {
        bool none = R[A] == OU_NONE;
        CONSUME(A);
        BRANCH(!none);
    }
    TARGET(JLT) { COMPARE_JUMP(OU_LT, <, R[B]); }
    TARGET(JLE) { COMPARE_JUMP(OU_LE, <=, R[B]); }
    TARGET(JEQ) { COMPARE_JUMP(OU_EQ, ==, R[B]); }
    TARGET(JNE) { COMPARE_JUMP(OU_NE, !=, R[B]); }
    TARGET(JGT) { COMPARE_JUMP(OU_GT, >, R[B]); }
    TARGET(JGE) { COMPARE_JUMP(OU_GE, >=, R[B]); }
    TARGET(JLTK) { COMPARE_JUMP(OU_LT, <, K[B]); }
    TARGET(JLEK) { COMPARE_JUMP(OU_LE, <=, K[B]); }
    TARGET(JEQK) { COMPARE_JUMP(OU_EQ, ==, K[B]); }
    TARGET(JNEK) { COMPARE_JUMP(OU_NE, !=, K[B]); }
    TARGET(JGTK) { COMPARE_JUMP(OU_GT, >, K[B]); }
    TARGET(JGEK) { COMPARE_JUMP(OU_GE, >=, K[B]); }
    TARGET(JIS) {
        bool same = R[A] == R[B];
        SAVE();
        if (IS_TEMP(A) || IS_TEMP(B)) { ou_finish_nothing(vm, frame); }
        BRANCH(same == C);
    }
    TARGET(JIN) {
        SAVE();
        int outcome = ou_op_contains(vm, R[B], R[A]);
        if (outcome == OU_PUSHED) { goto enter; }
        if (outcome == OU_RAISED) { goto raised; }
        /* 2 and 3: found or not, operands consumed */
        BRANCH((outcome == 3) == C);
    }

    /* --- attributes and items --- */
    TARGET(LOAD_ATTR) {
        OuValue object = R[B];
        if (LIKELY(ou_is_cell(object)) && LIKELY(ou_cell(object)->kind == OU_KIND_INSTANCE) &&
            LIKELY(vm->shape_versions[ou_cell(object)->aux] == pc[2])) {
            uint32_t slot = pc[1] >> 16;
            OuValue value;
            if (LIKELY(slot < 256)) {
                value = ou_as_instance(object)->words[slot];
            } else if (slot == OU_CACHE_PLACE) {
                value = *cached_place(pc);
            } else if (slot < 2 * OU_CACHE_MEMBER &&
                       ou_as_instance(object)->words[slot - OU_CACHE_MEMBER] != OU_NOTHING) {
                value = ou_as_instance(object)->words[slot - OU_CACHE_MEMBER];
            } else {
                SLOW_ATTR(ou_op_load_attr(vm));
            }
            ou_incref(value);
            if (IS_TEMP(B)) {
                SAVE();
                if (ou_is_cell(R[A]) && A != B) {
                    ou_finish(vm, frame, value);
                    NEXT(5);
                }
                R[B] = OU_EMPTY_TEMP;
                R[A] = value;
                ou_decref_cell(&vm->heap, ou_cell(object));
                NEXT(5);
            }
            SET(A, value);
            NEXT(5);
        }
        SLOW_ATTR(ou_op_load_attr(vm));
    }
    TARGET(STORE_ATTR) {
        OuValue object = R[A];
        if (LIKELY(ou_is_cell(object)) && LIKELY(ou_cell(object)->kind == OU_KIND_INSTANCE) &&
            LIKELY(vm->shape_versions[ou_cell(object)->aux] == pc[2]) && !IS_TEMP(A)) {
            OuInstance *self = ou_as_instance(object);
            uint32_t slot = pc[1] >> 16;
            OuValue value = R[B];
            if (pc[3] == 0) {
                MOVE_OUT(B, value);
                SAVE();
                ou_slot_set(&vm->heap, &self->words[slot], value);
                NEXT(5);
            }
            if (LIKELY((slot + 2) * sizeof(OuValue) <= ou_cell_size(&self->cell) - pc[4])) {
                MOVE_OUT(B, value);
                self->words[slot] = value;
                self->cell.aux = (uint16_t)pc[3];
                NEXT(5);
            }
        }
        SLOW_ATTR(ou_op_store_attr(vm));
    }
    TARGET(LOAD_METHOD) {
        OuValue object = R[B];
        if (LIKELY(ou_is_cell(object))) {
            const OuCell *cell = ou_cell(object);
            uint32_t code = pc[1] >> 16;
            if (LIKELY(cell->kind == OU_KIND_INSTANCE)
                    ? (code == OU_CACHE_METHOD && vm->shape_versions[cell->aux] == pc[2])
                    : (code == OU_CACHE_NATIVE && cell->kind == pc[2])) {
                OuValue method = ou_incref(*cached_place(pc));
                MOVE_OUT(B, object);
                R[A] = method;
                R[A + 1] = object;
                NEXT(5);
            }
        }
        SLOW_ATTR(ou_op_load_method(vm));
    }
    TARGET(SUPER_METHOD) {
        OuValue self = R[0];
        if (LIKELY(R[A] == ou_word(vm->types[OU_TYPE_SUPER])) && LIKELY(ou_is_kind(self, OU_KIND_INSTANCE)) &&
            LIKELY(vm->shape_versions[ou_cell(self)->aux] == pc[2])) {
            OuValue start = ou_as_cell_object(frame->func->cells[pc[1] >> 16])->content;
            if (LIKELY(ou_is_kind(start, OU_KIND_TYPE)) && LIKELY(ou_as_type(start)->version == pc[5])) {
                ou_decref_cell(&vm->heap, vm->types[OU_TYPE_SUPER]); /* one of several */
                R[A] = ou_incref(*cached_place(pc));
                R[A + 1] = ou_incref(self);
                NEXT(6 + 1 + 5);
            }
        }
        SAVE();
        if (ou_op_super_method(vm)) { NEXT(6 + 1 + 5); }
        NEXT(6);
    }
    TARGET(GETITEM) { GET_ITEM(R[C]); }
    TARGET(GETITEMK) { GET_ITEM(K[C]); }
    TARGET(SETITEM) { SET_ITEM(R[B]); }
    TARGET(SETITEMK) { SET_ITEM(K[B]); }
    TARGET(DELITEM) { SLOW(ou_op_setitem(vm), 1); }
    TARGET(LIST_APPEND) {
        OuList *list = ou_as_list(R[A]);
        if (LIKELY(list->length < list->capacity)) {
            OuValue value = R[B];
            MOVE_OUT(B, value);
            list->items[list->length++] = value;
            NEXT(1);
        }
        SLOW(ou_op_other(vm), 1);
    }

    TARGET(UNPACK) {
        OuValue source = R[B];
        if (LIKELY(ou_is_cell(source)) && LIKELY(B < A)) {
            const OuCell *cell = ou_cell(source);
            const OuValue *items = NULL;
            if (cell->kind == OU_KIND_TUPLE && cell->aux == C) {
                items = ou_as_tuple(source)->items;
            } else if (cell->kind == OU_KIND_LIST && ou_as_list(source)->length == C) {
                items = ou_as_list(source)->items;
            }
            if (LIKELY(items != NULL)) {
                OuValue *out = &R[A];
                for (uint32_t i = 0, count = C; i < count; i++) { out[i] = ou_incref(items[i]); }
                CONSUME(B);
                NEXT(1);
            }
        }
        SLOW(ou_op_other(vm), 1);
    }

    /* --- loops --- */
    TARGET(FOR_ITER) {
        OuValue iterator = R[A];
        OuCell *cell = ou_cell(iterator);
        OuValue item;
        if (cell->kind == OU_KIND_RANGE_ITERATOR && LIKELY(!vm->boxed)) {
            OuRangeIterator *range = (OuRangeIterator *)cell;
            if (UNLIKELY(range->remaining == 0)) { goto exhausted; }
            range->remaining--;
            item = ou_from_small(range->next);
            range->next += range->step;
        } else if (cell->kind == OU_KIND_LIST_ITERATOR) {
            OuIndexIterator *index = (OuIndexIterator *)cell;
            if (UNLIKELY(!ou_is_list(index->container)) ||
                UNLIKELY((uint64_t)index->index >= ou_as_list(index->container)->length)) {
                goto slow_iteration;
            }
            item = ou_incref(ou_as_list(index->container)->items[index->index++]);
        } else {
        slow_iteration:
            SAVE();
            int outcome = ou_op_for_iter(vm);
            if (outcome == OU_PUSHED) { goto enter; }
            if (outcome == OU_RAISED) { goto raised; }
            if (outcome == 2) { goto exhausted; }
            JUMP_AT(1);
            SAFEPOINT();
            DISPATCH();
        }
        SET(B, item);
        JUMP_AT(1);
        SAFEPOINT();
        DISPATCH();
    exhausted:
        R[A] = OU_EMPTY_TEMP;
        SAVE();
        ou_release(&vm->heap, iterator);
        NEXT(2);
    }
    TARGET(GET_ITER) { SLOW(ou_op_get_iter(vm), 1); }

    /* --- calls --- */
    TARGET(CALL) {
        OuValue callee = R[A];
        if (LIKELY(ou_is_cell(callee)) && LIKELY(ou_cell(callee)->kind == OU_KIND_FUNCTION)) {
            OuFunction *function = ou_as_function(callee);
            OuValue *base = &R[A + 1];
            if (LIKELY(ou_function_code(function)->simple_args == (int32_t)B)) { PUSH_FRAME(function, base); }
        }
        SLOW(ou_op_call(vm), 1);
    }
    TARGET(CALL_METHOD) {
        OuValue callee = R[A];
        if (LIKELY(ou_is_cell(callee)) && LIKELY(ou_cell(callee)->kind == OU_KIND_FUNCTION)) {
            OuFunction *function = ou_as_function(callee);
            OuValue *base = &R[A + 1];
            uint32_t count = B + 1u;
            if (UNLIKELY(*base == OU_NOTHING)) {
                base++;
                count--;
            }
            if (LIKELY(ou_function_code(function)->simple_args == (int32_t)count)) { PUSH_FRAME(function, base); }
        } else if (LIKELY(ou_is_cell(callee)) && ou_cell(callee)->kind == OU_KIND_METHOD_DESCRIPTOR &&
                   R[A + 1] != OU_NOTHING) {
            SLOW(ou_op_call_native_method(vm), 1);
        }
        SLOW(ou_op_call(vm), 1);
    }
    TARGET(CALL_KW) { SLOW(ou_op_call(vm), 2); }
    TARGET(CALL_METHOD_KW) { SLOW(ou_op_call(vm), 2); }
    TARGET(CALL_EX) { SLOW(ou_op_call_ex(vm), 1); }

    TARGET(RETURN_NONE) {
        OuValue result = ou_incref(OU_NONE);
        goto leave;
        TARGET(RETURN)
        result = R[A];
        MOVE_OUT(A, result);
    leave:
        SAVE();
        if (UNLIKELY(frame->gen != NULL)) {
            vm->top[0] = result;
            goto generator_return;
        }
        if (UNLIKELY(frame->object != NULL) || UNLIKELY(frame->flags) || UNLIKELY(frame->code->far_count)) {
            frame->result = result;
            bool entry = (frame->flags & OU_FRAME_ENTRY) != 0;
            OuCont cont = (OuCont)frame->cont;
            result = ou_frame_end(vm, frame);
            if (entry) { return result; }
            if (cont != OU_CONT_STORE) { goto continued; }
        } else {
            for (uint32_t i = 0; i < named; i++) {
                OuValue dead = R[i];
                R[i] = OU_EMPTY_TEMP;
                if (ou_is_cell(dead)) {
                    OuCell *cell = ou_cell(dead);
                    if (--cell->count == 0) {
                        frame->result = result;
                        ou_destroy(&vm->heap, cell);
                        frame->result = OU_NOTHING;
                    } else if (UNLIKELY(vm->heap.marking)) {
                        ou_shade(&vm->heap, cell);
                    }
                }
            }
            while (UNLIKELY(frame->object != NULL)) {
                frame->result = result;
                ou_frame_drop_object(vm, frame);
                frame->result = OU_NOTHING;
            }
            vm->depth--;
            if (UNLIKELY(frame->cont != OU_CONT_STORE)) {
                vm->frame = frame - 1;
                vm->top = vm->frame->base + vm->frame->code->registers;
                vm->cont = frame->cont;
                goto continued;
            }
        }
        /* Back in the caller, at its CALL: the callee is released, then the result goes to its place. */
        uint32_t dst = frame->dst;
        frame--;
        vm->frame = frame;
        R = frame->base;
        pc = frame->pc;
        K = ou_as_tuple(frame->code->constants)->items;
        named = frame->code->named;
        vm->top = R + frame->code->registers;
        {
            OuValue callee = R[A];
            R[A] = result;
            if (LIKELY(ou_is_cell(callee))) { ou_decref_cell(&vm->heap, ou_cell(callee)); }
            if (dst != A) {
                result = R[A];
                R[A] = OU_EMPTY_TEMP;
                SET(dst, result);
            }
            NEXT(1 + ou_call_extra(*pc));
        }
    continued: /* vm->frame is the caller; the instruction there is finished by what came back */
        switch (ou_continue(vm, result)) {
        case OU_DONE: goto enter; /* ou_continue advanced frame->pc */
        case OU_PUSHED: goto enter;
        default: goto raised;
        }
    generator_return:
        switch (ou_op_return_generator(vm)) {
        case OU_DONE:
        case OU_PUSHED: goto enter;
        case 2: /* resumed from C: the value is in vm->gen_result */ return OU_NOTHING;
        default: goto raised;
        }
    }
    TARGET(YIELD) {
        SAVE();
        OuValue value = R[B];
        MOVE_OUT(B, value);
        vm->top[0] = value;
    suspend: /* the yielded value is in vm->top[0]; frame->pc is the instruction that takes what is sent */
        value = vm->top[0];
        vm->top[0] = OU_EMPTY_TEMP;
        bool from_c = (frame->flags & OU_FRAME_ENTRY) != 0;
        uint8_t cont = frame->cont;
        ou_generator_suspend(vm, frame);
        if (from_c) { return value; }
        vm->cont = cont;
        switch (ou_continue(vm, value)) {
        case OU_DONE:
        case OU_PUSHED: goto enter;
        default: goto raised;
        }
    }
    TARGET(YIELD_FROM) {
        SAVE();
        switch (ou_op_yield_from(vm)) {
        case OU_DONE: NEXT(1);
        case OU_PUSHED: goto enter;
        case 2: goto suspend;
        default: goto raised;
        }
    }

    /* --- exceptions --- */
    TARGET(EXC_BEGIN) {
        OuHandled *handled = vm->handled;
        R[A + 1] = handled->value == OU_NOTHING ? OU_EMPTY_TEMP : handled->value;
        handled->value = ou_incref(R[A]);
        NEXT(1);
    }
    TARGET(EXC_END) {
        OuHandled *handled = vm->handled;
        OuValue gone[2] = {handled->value, R[A]};
        handled->value = ou_is_cell(R[A + 1]) ? R[A + 1] : OU_NOTHING;
        R[A + 1] = OU_EMPTY_TEMP;
        R[A] = OU_EMPTY_TEMP;
        SAVE();
        ou_release_all(vm, gone, 2);
        NEXT(1);
    }
    TARGET(JNOMATCH) {
        SAVE();
        int match = ou_exception_matches(vm, R[A], R[B]);
        if (match < 0) { goto raised; }
        CONSUME(B);
        if (!match) {
            JUMP_AT(1);
            DISPATCH();
        }
        NEXT(2);
    }
    TARGET(RERAISE) {
        SAVE();
        vm->pending = R[A];
        R[A] = OU_EMPTY_TEMP;
        goto raised_again;
    }
    TARGET(RAISE_AGAIN) {
        SAVE();
        if (!ou_op_raise_again(vm)) { goto raised; }
        goto raised_again;
    }
    TARGET(WITH_ENTER) { SLOW(ou_op_with_enter(vm), 1); }
    TARGET(WITH_EXIT) { SLOW(ou_op_with_exit(vm), 1); }
    TARGET(WITH_EXCEPT) {
        SAVE();
        switch (ou_op_with_except(vm)) {
        case OU_DONE: NEXT(2);
        case OU_PUSHED: goto enter;
        case 2: JUMP_AT(1); DISPATCH();
        default: goto raised;
        }
    }

    /* --- everything else --- */
    TARGET(LOAD_FAR)
    TARGET(STORE_FAR)
    TARGET(DEL_FAR)
    TARGET(CLEAR_FAR)
    TARGET(MAKE_CELL_FAR)
    TARGET(UNBIND)
    TARGET(MAKE_CELL)
    TARGET(DEL_CELL)
    TARGET(CLEAR_CELL)
    TARGET(DEL_FREE)
    TARGET(CLEAR_FREE)
    TARGET(DEL_GLOBAL)
    TARGET(LOAD_NAME)
    TARGET(STORE_NAME)
    TARGET(DEL_NAME)
    TARGET(LOAD_CLASSDEREF)
    TARGET(DEL_ATTR)
    TARGET(BUILD_SLICE)
    TARGET(BUILD_TUPLE)
    TARGET(BUILD_LIST)
    TARGET(BUILD_SET)
    TARGET(BUILD_DICT)
    TARGET(BUILD_STRING)
    TARGET(LIST_EXTEND)
    TARGET(LIST_TO_TUPLE)
    TARGET(SET_ADD)
    TARGET(SET_UPDATE)
    TARGET(DICT_SET)
    TARGET(DICT_UPDATE)
    TARGET(DICT_MERGE)
    TARGET(FORMAT)
    TARGET(FORMAT_SPEC)
    TARGET(UNPACK_EX)
    TARGET(FUNCTION)
    TARGET(BUILD_CLASS)
    TARGET(YIELD_ITER)
    TARGET(RAISE)
    TARGET(RAISE_FROM)
    TARGET(IMPORT)
    TARGET(IMPORT_FROM)
    TARGET(IMPORT_STAR)
    TARGET(ASSERTION_ERROR)
    TARGET(ANNOTATIONS)
    TARGET(PRINT) {
        uint32_t words = 1u + ou_op_info[*(const uint8_t *)pc].extra;
        SLOW(ou_op_other(vm), words);
    }
#if !COMPUTED_GOTO
case OP_COUNT: break;
}
#endif

/* clang-format off */
safepoint: /* pc is the next instruction */
    SAVE();
    if (ou_safepoint(vm) < 0) { goto raised; }
    DISPATCH();
raised:
    if (ou_unwind(vm, true)) { goto enter; }
    return OU_NOTHING;
raised_again: /* the traceback has this frame already */
    if (ou_unwind(vm, false)) { goto enter; }
    return OU_NOTHING;
/* clang-format on */
}
