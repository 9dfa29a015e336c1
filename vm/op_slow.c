/* Slow paths of the loop: operators, items, iteration, with, and how a returned value finishes an instruction. */
#include "vm/loop.h"
#include "vm/objects/help.h"

/* --- finishing ---------------------------------------------------------------------------------------------------- */

void ou_release_all(OuVM *vm, OuValue *values, uint32_t count) {
    OuValue *parked = vm->top;
    uint32_t cells = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (ou_is_cell(values[i])) { parked[cells++] = values[i]; }
    }
    vm->top = parked + cells;
    for (uint32_t i = 0; i < cells; i++) { ou_reg_set(vm, &parked[i], OU_EMPTY_TEMP); }
    vm->top = parked;
}

/* Takes the operands that the instruction consumes; returns how many cells there were. */
static uint32_t take_operands(OuFrame *frame, OuValue *out) {
    uint32_t word = *frame->pc, named = frame->code->named, count = 0;
    const char *roles = ou_op_info[ou_op_of(word)].roles;
    for (int i = 0; i < 3; i++) {
        uint32_t reg = word >> (8 * (i + 1)) & 0xff;
        if (roles[i] == 's' && reg >= named) {
            OuValue value = frame->base[reg];
            frame->base[reg] = OU_EMPTY_TEMP;
            if (ou_is_cell(value)) { out[count++] = value; }
        }
    }
    return count;
}

void ou_finish(OuVM *vm, OuFrame *frame, OuValue result) {
    OuValue dead[4];
    uint32_t count = take_operands(frame, dead);
    OuValue *place = &frame->base[ou_op_a(*frame->pc)];
    OuValue old = *place;
    *place = result;
    if (ou_is_cell(old)) { dead[count++] = old; }
    if (count == 1) {
        ou_drop(vm, dead[0]);
    } else if (count > 1) {
        ou_release_all(vm, dead, count);
    }
}

void ou_finish_nothing(OuVM *vm, OuFrame *frame) {
    OuValue dead[4];
    uint32_t count = take_operands(frame, dead);
    if (count > 0) { ou_release_all(vm, dead, count); }
}

/* Operand 0, 1 or 2 of the current instruction: a register or, where its role says so, a constant. Borrowed. */
static OuValue operand(const OuFrame *frame, int which) {
    uint32_t index = *frame->pc >> (8 * (which + 1)) & 0xff;
    bool constant = ou_op_info[ou_op_of(*frame->pc)].roles[which] == 'k';
    return constant ? ou_as_tuple(frame->code->constants)->items[index] : frame->base[index];
}

int ou_push_special(OuVM *vm, OuSlotIndex slot, OuNameIndex name, const OuValue *args, uint32_t nargs, OuCont cont) {
    if (!ou_is_instance_kind(ou_kind(args[0]))) { return OU_DONE; }
    OuType *type = ou_type_of(vm, args[0]);
    OuValue method = ou_slot_is_python(type, slot) ? ou_type_lookup(vm, type, vm->names[name]) : OU_NOTHING;
    return ou_is_kind(method, OU_KIND_FUNCTION) ? ou_push_call(vm, method, args, nargs, cont) : OU_DONE;
}

/* The right operand's class goes first when it is a subclass of the left one's. */
static bool right_goes_first(OuVM *vm, OuValue left, OuValue right) {
    OuType *type = ou_type_of(vm, left), *other = ou_type_of(vm, right);
    return other != type && ou_type_is_subtype(other, type);
}

/* --- binary and unary operators --------------------------------------------------------------------------------------- */

/* s += t and temporaries of string concatenation: nobody else holds the left string, so it grows in place. */
static bool extend_string(OuVM *vm, OuValue left, OuValue right) {
    OuFrame *frame = vm->frame;
    uint32_t a = ou_op_a(*frame->pc), b = ou_op_b(*frame->pc);
    if (ou_cell(left)->count != 1 || (a != b && b < frame->code->named)) { return false; }
    OuStr *grown = ou_str_try_extend(vm, ou_as_str(left), ou_as_str(right));
    if (grown == NULL) { return false; }
    frame->base[b] = OU_EMPTY_TEMP;
    ou_finish(vm, frame, ou_word(grown));
    return true;
}

int ou_op_binary(OuVM *vm, OuBinary op, bool inplace, OuValue left, OuValue right) {
    if (op == OU_BIN_ADD && ou_is_str(left) && ou_is_str(right)) {
        if (extend_string(vm, left, right)) { return OU_DONE; }
        return ou_finish_value(vm, ou_str_concat(vm, ou_as_str(left), ou_as_str(right)));
    }
    if (ou_is_instance_kind(ou_kind(left)) && !inplace && !right_goes_first(vm, left, right)) {
        OuValue args[2] = {left, right};
        int outcome =
            ou_push_special(vm, (OuSlotIndex)(OU_SLOT_BINARY + op), ou_binary_names[op][0], args, 2, OU_CONT_BINARY);
        if (outcome != OU_DONE) { return outcome; }
    }
    return ou_finish_value(vm, inplace ? ou_inplace(vm, op, left, right) : ou_binary(vm, op, left, right));
}

int ou_op_unary(OuVM *vm, int op) {
    OuValue operand = vm->frame->base[ou_op_b(*vm->frame->pc)];
    if (op == OP_NOT) {
        int truth = ou_truth(vm, operand);
        return truth < 0 ? OU_RAISED : ou_finish_value(vm, ou_incref(ou_from_bool(!truth)));
    }
    return ou_finish_value(vm, op == OP_NEGATIVE   ? ou_negative(vm, operand)
                               : op == OP_POSITIVE ? ou_positive(vm, operand)
                                                   : ou_invert(vm, operand));
}

/* --- comparisons ---------------------------------------------------------------------------------------------------- */

/* Pushes the Python method of the left operand when it goes first: PUSHED, RAISED, or DONE when it does not apply. */
static int push_compare(OuVM *vm, OuCompare op, OuValue left, OuValue right) {
    if (!ou_is_instance_kind(ou_kind(left)) || right_goes_first(vm, left, right)) { return OU_DONE; }
    OuValue args[2] = {left, right};
    return ou_push_special(vm, OU_SLOT_COMPARE, ou_compare_names[op], args, 2, OU_CONT_COMPARE);
}

static bool str_compare(OuCompare op, OuValue left, OuValue right) {
    if (op == OU_EQ || op == OU_NE) { return ou_str_equal(ou_as_str(left), ou_as_str(right)) == (op == OU_EQ); }
    return ou_order_is(ou_str_compare(ou_as_str(left), ou_as_str(right)), op);
}

int ou_op_compare(OuVM *vm, OuCompare op, OuValue left, OuValue right) {
    if (ou_is_str(left) && ou_is_str(right)) {
        ou_finish(vm, vm->frame, ou_incref(ou_from_bool(str_compare(op, left, right))));
        return OU_DONE;
    }
    int outcome = push_compare(vm, op, left, right);
    return outcome != OU_DONE ? outcome : ou_finish_value(vm, ou_compare(vm, left, right, op));
}

int ou_op_jump_compare(OuVM *vm, OuCompare op, OuValue left, OuValue right, bool *jump) {
    if (ou_is_str(left) && ou_is_str(right)) {
        *jump = str_compare(op, left, right);
    } else {
        int outcome = push_compare(vm, op, left, right);
        if (outcome != OU_DONE) { return outcome; }
        int truth = ou_compare_bool(vm, left, right, op);
        if (truth < 0) { return OU_RAISED; }
        *jump = truth;
    }
    ou_finish_nothing(vm, vm->frame);
    return OU_DONE;
}

int ou_op_contains(OuVM *vm, OuValue container, OuValue item) {
    OuValue args[2] = {container, item};
    int outcome = ou_push_special(vm, OU_SLOT_CONTAINS, OU_NAME_contains, args, 2, OU_CONT_CONTAINS);
    if (outcome != OU_DONE) { return outcome; }
    int found = ou_contains(vm, container, item);
    if (found < 0) { return OU_RAISED; }
    uint8_t op = ou_op_of(*vm->frame->pc);
    if (op == OP_JIN) {
        ou_finish_nothing(vm, vm->frame);
        return 2 + found;
    }
    ou_finish(vm, vm->frame, ou_incref(ou_from_bool(found == (op == OP_IN))));
    return OU_DONE;
}

int ou_op_truth(OuVM *vm, OuValue value, int *truth) {
    int outcome = ou_push_special(vm, OU_SLOT_TRUTH, OU_NAME_bool, &value, 1, OU_CONT_TRUTH);
    if (outcome != OU_DONE) { return outcome; }
    *truth = ou_truth(vm, value);
    return *truth < 0 ? OU_RAISED : OU_DONE;
}

/* --- items ------------------------------------------------------------------------------------------------------------ */

int ou_op_getitem(OuVM *vm) {
    OuFrame *frame = vm->frame;
    OuValue object = frame->base[ou_op_b(*frame->pc)], key = operand(frame, 2);
    if (ou_is_dict(object)) {
        OuValue found;
        int outcome = ou_dict_find(vm, ou_as_dict(object), key, &found);
        if (outcome == 0) { ou_raise_object(vm, OU_EXC_KeyError, key); }
        return ou_finish_value(vm, outcome > 0 ? found : OU_NOTHING);
    }
    OuValue args[2] = {object, key};
    int outcome = ou_push_special(vm, OU_SLOT_GETITEM, OU_NAME_getitem, args, 2, OU_CONT_VALUE);
    return outcome != OU_DONE ? outcome : ou_finish_value(vm, ou_getitem(vm, object, key));
}

/* SETITEM and DELITEM. */
int ou_op_setitem(OuVM *vm) {
    OuFrame *frame = vm->frame;
    uint32_t word = *frame->pc;
    bool deletes = ou_op_of(word) == OP_DELITEM;
    OuValue object = frame->base[ou_op_a(word)], key = operand(frame, 1);
    OuValue value = deletes ? OU_NOTHING : frame->base[ou_op_c(word)];
    OuValue args[3] = {object, key, value};
    int outcome = ou_push_special(vm, OU_SLOT_SETITEM, deletes ? OU_NAME_delitem : OU_NAME_setitem, args,
                                  deletes ? 2 : 3, OU_CONT_DISCARD);
    if (outcome != OU_DONE) { return outcome; }
    return ou_finish_status(vm, ou_setitem(vm, object, key, value));
}

/* --- iteration ---------------------------------------------------------------------------------------------------------- */

int ou_op_get_iter(OuVM *vm) {
    OuFrame *frame = vm->frame;
    OuValue object = frame->base[ou_op_b(*frame->pc)];
    int outcome = ou_push_special(vm, OU_SLOT_ITER, OU_NAME_iter, &object, 1, OU_CONT_ITER);
    return outcome != OU_DONE ? outcome : ou_finish_value(vm, ou_iter(vm, object));
}

int ou_op_for_iter(OuVM *vm) {
    OuFrame *frame = vm->frame;
    OuValue iterator = frame->base[ou_op_a(*frame->pc)];
    if (ou_is_kind(iterator, OU_KIND_GENERATOR)) { return ou_generator_push(vm, ou_as_generator(iterator)); }
    int outcome = ou_push_special(vm, OU_SLOT_NEXT, OU_NAME_next, &iterator, 1, OU_CONT_NEXT);
    if (outcome != OU_DONE) { return outcome; }
    OuValue item = ou_next(vm, iterator);
    if (item == OU_NOTHING) { return vm->pending != OU_NOTHING ? OU_RAISED : 2; }
    ou_reg_set(vm, &frame->base[ou_op_b(*frame->pc)], item);
    return OU_DONE;
}

int ou_op_yield_from(OuVM *vm) {
    OuFrame *frame = vm->frame;
    OuValue *place = &frame->base[ou_op_a(*frame->pc)], *iterator = &frame->base[ou_op_b(*frame->pc)];
    OuValue out = OU_NOTHING;
    int outcome;
    if (ou_is_kind(*iterator, OU_KIND_GENERATOR)) {
        outcome = ou_generator_delegate(vm, ou_as_generator(*iterator), *place, &out);
    } else if (*place == OU_NONE) {
        out = ou_type_of(vm, *iterator)->slots.next(vm, *iterator); /* a StopIteration that it raises has the result */
        outcome = out != OU_NOTHING ? 1 : vm->pending != OU_NOTHING ? -1 : 0;
        if (outcome == 0) { out = ou_incref(OU_NONE); }
    } else {
        out = ou_call_method(vm, *iterator, vm->names[OU_NAME_P_send], place, 1);
        outcome = out != OU_NOTHING ? 1 : -1;
    }
    if (outcome < 0 && ou_pending_is(vm, OU_EXC_StopIteration) && !ou_is_kind(*iterator, OU_KIND_GENERATOR)) {
        out = ou_take_stop_value(vm);
        outcome = 0;
    }
    if (outcome < 0) { return OU_RAISED; }
    if (outcome > 0) {
        vm->top[0] = out;
        return 2;
    }
    OuValue gone[2] = {*iterator, *place};
    *iterator = OU_EMPTY_TEMP;
    *place = out;
    ou_release_all(vm, gone, 2);
    return OU_DONE;
}

/* --- with ------------------------------------------------------------------------------------------------------------------ */

/* The manager gives way to its exit function (and itself, when that is an unbound method), then __enter__ is called. No
 * safepoint lies between the two and the first instruction of the protected body. */
int ou_op_with_enter(OuVM *vm) {
    OuFrame *frame = vm->frame;
    OuValue *window = &frame->base[ou_op_a(*frame->pc)];
    OuValue manager = window[0], enter, exit;
    bool enter_unbound, exit_unbound;
    int found = ou_find_special(vm, manager, vm->names[OU_NAME_enter], &enter, &enter_unbound);
    if (found <= 0) {
        if (found == 0) {
            ou_raise_type_error(vm, "'%T' object does not support the context manager protocol", manager);
        }
        return OU_RAISED;
    }
    OuValue *regs = ou_regs_hold_take(vm, enter);
    if (regs == NULL) { return -1; }
    found = ou_find_special(vm, manager, vm->names[OU_NAME_exit], &exit, &exit_unbound);
    if (found <= 0) {
        if (found == 0) {
            ou_raise_type_error(
                vm, "'%T' object does not support the context manager protocol (missed __exit__ method)", manager);
        }
        return ou_regs_status(vm, regs, OU_RAISED);
    }
    /* window: exit, manager. While __enter__ runs a raise releases both. */
    window[0] = exit;
    window[1] = manager;
    int outcome;
    if (enter_unbound && ou_is_kind(enter, OU_KIND_FUNCTION)) {
        regs[0] = OU_NOTHING;
        vm->top = regs;
        window[1] = exit_unbound ? manager : OU_NOTHING;
        outcome = ou_push_call(vm, enter, &manager, 1, OU_CONT_ENTER);
        ou_drop(vm, enter);
        if (!exit_unbound) { ou_drop(vm, manager); }
        return outcome;
    }
    OuValue value = enter_unbound ? ou_call1(vm, enter, manager) : ou_call0(vm, enter);
    if (!exit_unbound) {
        window[1] = OU_EMPTY_TEMP;
        ou_drop(vm, manager);
    }
    ou_regs_close(vm, regs);
    if (value == OU_NOTHING) { return OU_RAISED; }
    if (!exit_unbound) { window[1] = OU_NOTHING; }
    ou_reg_set(vm, &frame->base[ou_op_b(*frame->pc)], value);
    return OU_DONE;
}

static void with_done(OuVM *vm, OuValue *window) {
    OuValue gone[2] = {window[0], window[1]};
    window[0] = window[1] = OU_EMPTY_TEMP;
    ou_release_all(vm, gone, 2);
}

static int call_exit(OuVM *vm, OuValue *window, OuValue type, OuValue value, OuValue traceback, OuCont cont,
                     OuValue *out) {
    OuValue args[4] = {window[1], type, value, traceback};
    bool unbound = ou_is_cell(window[1]);
    if (ou_is_kind(window[0], OU_KIND_FUNCTION)) {
        return ou_push_call(vm, window[0], unbound ? args : args + 1, unbound ? 4 : 3, cont);
    }
    *out = ou_call(vm, window[0], unbound ? args : args + 1, unbound ? 4 : 3);
    return *out == OU_NOTHING ? OU_RAISED : OU_DONE;
}

int ou_op_with_exit(OuVM *vm) {
    OuValue *window = &vm->frame->base[ou_op_a(*vm->frame->pc)];
    OuValue out = OU_NOTHING;
    int outcome = call_exit(vm, window, OU_NONE, OU_NONE, OU_NONE, OU_CONT_EXIT, &out);
    if (outcome == OU_DONE) {
        ou_drop(vm, out);
        with_done(vm, window);
    }
    return outcome;
}

/* 2: swallow. */
int ou_op_with_except(OuVM *vm) {
    OuFrame *frame = vm->frame;
    OuValue *window = &frame->base[ou_op_a(*frame->pc)];
    OuValue exception = frame->base[ou_op_b(*frame->pc)];
    OuValue traceback = *ou_exception_field(exception, OU_EXC_TRACEBACK);
    OuValue out = OU_NOTHING;
    int outcome = call_exit(vm, window, ou_word(ou_type_of(vm, exception)), exception,
                            traceback == OU_NOTHING ? OU_NONE : traceback, OU_CONT_EXIT_EXC, &out);
    if (outcome == OU_DONE) {
        int truth = ou_truth_take(vm, out);
        outcome = truth > 0 ? 2 : truth; /* OU_DONE or OU_RAISED */
    }
    return outcome;
}

/* --- what a returned value finishes -------------------------------------------------------------------------------------------- */

static void advance(OuFrame *frame) { frame->pc += 1u + ou_op_info[ou_op_of(*frame->pc)].extra; }

static int jump_when(OuVM *vm, OuFrame *frame, bool jump) {
    uint32_t *pc = frame->pc;
    frame->pc = jump ? pc + 2 + (int32_t)pc[1] : pc + 2;
    return OU_DONE;
}

static int truth_decides(OuVM *vm, OuFrame *frame, int truth) {
    uint32_t word = *frame->pc;
    switch (ou_op_of(word)) {
    case OP_JT: ou_finish_nothing(vm, frame); return jump_when(vm, frame, truth);
    case OP_JF: ou_finish_nothing(vm, frame); return jump_when(vm, frame, !truth);
    case OP_JT_KEEP:
    case OP_JF_KEEP: {
        bool jump = truth == (ou_op_of(word) == OP_JT_KEEP);
        if (!jump) {
            OuValue *temp = &frame->base[ou_op_a(word)];
            ou_reg_set(vm, temp, OU_EMPTY_TEMP);
        }
        return jump_when(vm, frame, jump);
    }
    case OP_NOT:
    case OP_IN:
    case OP_NOT_IN: ou_finish(vm, frame, ou_new_bool(truth == (ou_op_of(word) == OP_IN))); break;
    default: /* a fused comparison */ ou_finish_nothing(vm, frame); return jump_when(vm, frame, truth == ou_op_c(word));
    }
    advance(frame);
    return OU_DONE;
}

static int continue_truth(OuVM *vm, OuFrame *frame, OuValue result) {
    int truth = vm->cont == OU_CONT_TRUTH ? ou_checked_bool_take(vm, result) : ou_truth_take(vm, result);
    return truth < 0 ? OU_RAISED : truth_decides(vm, frame, truth);
}

static OuCompare compare_of(uint32_t op) {
    if (op >= OP_JLTK && op <= OP_JGEK) { op = op - OP_JLTK + OP_JLT; }
    if (op >= OP_JLT && op <= OP_JGE) { op = op - OP_JLT + OP_LT; }
    return (OuCompare)(op - OP_LT); /* in the same order */
}

static OuBinary binary_of(const uint32_t *pc) {
    uint8_t op = ou_op_of(*pc);
    if (op == OP_BINARY) { return (OuBinary)pc[1]; }
    uint32_t at = 0;
    while (at < OU_BIN_MATMUL && ou_binary_codes[at].plain != op && ou_binary_codes[at].with_const != op) { at++; }
    return (OuBinary)at;
}

static int continue_not_implemented(OuVM *vm, OuFrame *frame) {
    const uint32_t *pc = frame->pc;
    if (vm->cont == OU_CONT_COMPARE) {
        bool jumps = ou_op_info[ou_op_of(*pc)].roles[0] == 's';
        OuValue left = operand(frame, jumps ? 0 : 1), right = operand(frame, jumps ? 1 : 2);
        OuValue result = ou_compare_reflected(vm, left, right, compare_of(ou_op_of(*pc)));
        if (jumps && result != OU_NOTHING) { return continue_truth(vm, frame, result); }
        if (ou_finish_value(vm, result) < 0) { return OU_RAISED; }
    } else if (ou_finish_value(vm, ou_binary_reflected(vm, binary_of(pc), operand(frame, 1), operand(frame, 2))) < 0) {
        return OU_RAISED;
    }
    advance(frame);
    return OU_DONE;
}

int ou_continue(OuVM *vm, OuValue result) {
    OuFrame *frame = vm->frame;
    switch ((OuCont)vm->cont) {
    case OU_CONT_INIT: {
        OuValue instance = ou_reg_take(&vm->cont_hold);
        if (result != OU_NONE) {
            ou_checked_none_take(vm, result);
            return ou_raised(ou_dropped(vm, instance));
        }
        ou_drop(vm, result);
        ou_finish_call(vm, frame, instance);
        break;
    }
    case OU_CONT_VALUE:
        if (ou_op_is_call(*frame->pc)) {
            ou_finish_call(vm, frame, result);
        } else {
            ou_finish(vm, frame, result);
        }
        break;
    case OU_CONT_BINARY:
    case OU_CONT_COMPARE:
        if (result == OU_NOTIMPLEMENTED) {
            ou_drop(vm, result);
            return continue_not_implemented(vm, frame);
        }
        if (ou_op_info[ou_op_of(*frame->pc)].roles[0] == 's') { return continue_truth(vm, frame, result); }
        ou_finish(vm, frame, result);
        break;
    case OU_CONT_TRUTH:
    case OU_CONT_CONTAINS: return continue_truth(vm, frame, result);
    case OU_CONT_DISCARD:
        ou_drop(vm, result);
        ou_finish_nothing(vm, frame);
        break;
    case OU_CONT_NEXT: ou_reg_set(vm, &frame->base[ou_op_b(*frame->pc)], result); return jump_when(vm, frame, true);
    case OU_CONT_ENTER: ou_reg_set(vm, &frame->base[ou_op_b(*frame->pc)], result); break;
    case OU_CONT_EXIT:
        ou_drop(vm, result);
        with_done(vm, &frame->base[ou_op_a(*frame->pc)]);
        break;
    case OU_CONT_EXIT_EXC: {
        int truth = ou_truth_take(vm, result);
        return truth < 0 ? OU_RAISED : jump_when(vm, frame, truth);
    }
    case OU_CONT_GETATTR: {
        /* LOAD_METHOD: the attribute, called without self */
        OuValue *window = &frame->base[ou_op_a(*frame->pc)];
        OuValue dead[4];
        uint32_t count = take_operands(frame, dead);
        window[0] = result;
        window[1] = OU_NOTHING;
        ou_release_all(vm, dead, count);
        break;
    }
    case OU_CONT_ITER:
        if (ou_finish_value(vm, ou_checked_iterator_take(vm, result)) < 0) { return OU_RAISED; }
        break;
    case OU_CONT_STORE:
    case OU_CONT_C: break;
    }
    advance(frame);
    return OU_DONE;
}
