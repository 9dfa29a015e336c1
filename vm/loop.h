/* What the loop calls when an instruction leaves its fast path. All of these work on vm->frame, whose pc is the
 * instruction, and return
 *    0  done: result stored, operands consumed
 *    1  a frame was pushed: its return value finishes the instruction (see OuCont)
 *   -1  raised: operands are as they were (the unwinder releases temporaries) */
#ifndef OU_VM_LOOP_H
#define OU_VM_LOOP_H

#include "compiler/opcode.h"
#include "vm/frame.h"
#include "vm/special.h"

#define OU_DONE 0
#define OU_PUSHED 1
#define OU_RAISED (-1)
#define OU_AGAIN 4 /* the cache of the instruction was filled: run it again (attribute instructions only) */

/* Inline cache words of attribute instructions: [1] name | code << 16, [2] version, [3..4] place or numbers. */
#define OU_CACHE_MEMBER 0x100u  /* plus the word of a member of __slots__, which may be empty */
#define OU_CACHE_PLACE 0xffffu  /* class attribute: value at the place in words 3 and 4 */
#define OU_CACHE_METHOD 0xfffeu /* the same, a function to bind */
#define OU_CACHE_NATIVE 0xfffbu /* method of a built-in type: word 2 is kind | 0x80000000, value at the place */

/* Stores the result of the instruction in its destination and consumes its operands. */
void ou_finish(OuVM *vm, OuFrame *frame, OuValue result);
/* Releases values in order; they are rooted meanwhile. */
void ou_release_all(OuVM *vm, OuValue *values, uint32_t count);
/* Consumes operand temporaries of the current instruction, no result. */
void ou_finish_nothing(OuVM *vm, OuFrame *frame);

/* The same for a result that may be OU_NOTHING, and for a status without result: OU_DONE or OU_RAISED. */
static inline int ou_finish_value(OuVM *vm, OuValue result) {
    if (result == OU_NOTHING) { return OU_RAISED; }
    ou_finish(vm, vm->frame, result);
    return OU_DONE;
}
static inline int ou_finish_status(OuVM *vm, int status) {
    if (status < 0) { return OU_RAISED; }
    ou_finish_nothing(vm, vm->frame);
    return OU_DONE;
}

int ou_op_binary(OuVM *vm, OuBinary op, bool inplace, OuValue left, OuValue right);
int ou_op_unary(OuVM *vm, int op);
int ou_op_compare(OuVM *vm, OuCompare op, OuValue left, OuValue right);
int ou_op_jump_compare(OuVM *vm, OuCompare op, OuValue left, OuValue right, bool *jump);
int ou_op_contains(OuVM *vm, OuValue container, OuValue item);
int ou_op_truth(OuVM *vm, OuValue value, int *truth);
int ou_op_getitem(OuVM *vm);
int ou_op_setitem(OuVM *vm);
int ou_op_load_attr(OuVM *vm);
int ou_op_load_method(OuVM *vm);
bool ou_op_super_method(OuVM *vm); /* true: found, the following CALL and LOAD_METHOD are done */
int ou_op_store_attr(OuVM *vm);
int ou_op_load_global(OuVM *vm);
int ou_op_store_global(OuVM *vm);
int ou_op_call(OuVM *vm);
int ou_op_call_ex(OuVM *vm);
int ou_op_get_iter(OuVM *vm);
int ou_op_for_iter(OuVM *vm); /* 2: exhausted */
int ou_op_other(OuVM *vm);    /* instructions without a fast path */
/* `raise` alone: the handled exception becomes the pending one. false: there is none, which is raised. */
bool ou_op_raise_again(OuVM *vm);
int ou_op_yield_from(OuVM *vm); /* 2: suspend with the value in vm->top */
int ou_op_with_enter(OuVM *vm);
int ou_op_with_exit(OuVM *vm);
int ou_op_with_except(OuVM *vm);
int ou_op_return_generator(OuVM *vm);   /* the value is in vm->top[0]; 2: resumed from C */
int ou_op_call_native_method(OuVM *vm); /* CALL_METHOD of a built-in method with self */
/* Finishes the caller's instruction with what a frame returned or yielded (consumed), by vm->cont; advances its pc. */
int ou_continue(OuVM *vm, OuValue result);
/* Ends a frame the long way and pops it; returns its result, sets vm->cont. */
OuValue ou_frame_end(OuVM *vm, OuFrame *frame);
void ou_generator_suspend(OuVM *vm, OuFrame *frame);
int ou_exception_matches(OuVM *vm, OuValue exception, OuValue type);

/* After the left operand's own method declined: the right one's, then the fallback or TypeError. */
OuValue ou_binary_reflected(OuVM *vm, OuBinary op, OuValue a, OuValue b);
OuValue ou_compare_reflected(OuVM *vm, OuValue a, OuValue b, OuCompare op);
/* Ends a CALL instruction whose callee and arguments still lie in the window. */
void ou_finish_call(OuVM *vm, OuFrame *frame, OuValue result);
int ou_generator_push(OuVM *vm, OuGenerator *self); /* for FOR_ITER; 2: exhausted */
int ou_generator_delegate(OuVM *vm, OuGenerator *self, OuValue value, OuValue *out);
bool ou_generator_protected(const OuGenerator *self);

static inline bool ou_op_is_call(uint32_t word) { return ou_op_of(word) >= OP_CALL && ou_op_of(word) <= OP_CALL_EX; }

/* Extra words of the CALL instruction that starts with this word. */
static inline uint32_t ou_call_extra(uint32_t word) {
    return ou_op_of(word) == OP_CALL_KW || ou_op_of(word) == OP_CALL_METHOD_KW;
}

/* Pushes a frame for a Python function called with copies of args. 1 pushed, -1 raised. */
int ou_push_call(OuVM *vm, OuValue function, const OuValue *args, uint32_t nargs, OuCont cont);
/* The same for the Python function that the class of args[0] defines for a special method; OU_DONE: there is none, the
 * slot does the work. */
int ou_push_special(OuVM *vm, OuSlotIndex slot, OuNameIndex name, const OuValue *args, uint32_t nargs, OuCont cont);

/* What special methods gave, checked (consumed): __iter__ an iterator, __bool__ a bool, __init__ None. */
OuValue ou_checked_iterator_take(OuVM *vm, OuValue iterator);
int ou_checked_bool_take(OuVM *vm, OuValue truth);
int ou_checked_none_take(OuVM *vm, OuValue none);
/* The value of the pending StopIteration, which is cleared. */
OuValue ou_take_stop_value(OuVM *vm);

#endif
