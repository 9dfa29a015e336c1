/* Bytecode verifier: one pass over the encoding, then abstract interpretation of the temporaries. The lattice has two
 * points for each register, empty and full, and no top: where two paths meet they must agree. */
#include "compiler/verify.h"

#include <string.h>

enum { WORDS = 4 }; /* 256 registers, one bit each */

typedef struct State {
    uint64_t full[WORDS];
} State;

typedef struct Verifier {
    const OuUnit *unit;
    uint32_t limit; /* of the near registers */
    const char *wrong;
    uint32_t at;
    uint8_t *starts; /* per word: 1 an instruction begins here, 2 its state is known, 4 it waits in the queue */
    State *states;   /* before each instruction */
    uint32_t *queue;
    uint32_t waiting;
} Verifier;

static void fail(Verifier *v, const char *wrong) {
    if (v->wrong == NULL) { v->wrong = wrong; }
}

static uint32_t after(const OuUnit *unit, uint32_t at) { return at + 1u + ou_op_info[ou_op_of(unit->code[at])].extra; }
static bool begins(const Verifier *v, uint32_t at) { return at < v->unit->code_count && (v->starts[at] & 1); }
static uint32_t target(const OuUnit *unit, uint32_t at) { return at + 2 + unit->code[at + 1]; }

/* An index into what the letter stands for in opcodes.def. */
static void check_index(Verifier *v, char what, uint32_t index) {
    const OuUnit *unit = v->unit;
    const struct {
        char letters[2];
        uint32_t limit;
        const char *wrong;
    } tables[] = {{"kK", unit->constant_count, "constant out of range"},
                  {"aN", unit->name_count, "name out of range"},
                  {"FF", OU_FAR_BASE + unit->far_count, "far local out of range"},
                  {"CC", unit->free_count, "captured cell out of range"},
                  {"UU", unit->child_count, "nested code out of range"}};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        bool meant = what == tables[i].letters[0] || what == tables[i].letters[1];
        if (meant && (index >= tables[i].limit || (what == 'F' && index < OU_FAR_BASE))) { fail(v, tables[i].wrong); }
    }
}

static void check_instruction(Verifier *v) {
    const uint32_t *words = &v->unit->code[v->at];
    const OuOpInfo *info = &ou_op_info[ou_op_of(words[0])];
    for (int i = 0; i < 3; i++) {
        uint32_t operand = words[0] >> (8 * (i + 1)) & 0xff;
        char role = info->roles[i];
        if ((role == 'd' || role == 's' || role == 'r') && operand >= v->limit) { fail(v, "register out of range"); }
        if (role == 'k') { check_index(v, role, operand); }
    }
    if (info->roles[1] == 'x') { check_index(v, info->roles[2], ou_op_bc(words[0])); }
    if (info->extra > 0) { check_index(v, info->follows, words[1]); }
    if (ou_op_of(words[0]) == OP_IMPORT && words[2] != UINT32_MAX) { check_index(v, 'K', words[2]); }
    if (info->follows == 'j' && !begins(v, target(v->unit, v->at))) { fail(v, "jump into an instruction"); }
}

static void check_handlers(Verifier *v) {
    const OuUnit *unit = v->unit;
    for (uint32_t i = 0; i < unit->handler_count && v->wrong == NULL; i++) {
        const OuHandler *h = &unit->handlers[i];
        v->at = h->start;
        if (!begins(v, h->start) || h->start >= h->end || (h->end != unit->code_count && !begins(v, h->end)) ||
            !begins(v, h->target)) {
            fail(v, "handler range out of step with the instructions");
        }
        if (h->depth < unit->named || h->depth >= v->limit) { fail(v, "handler depth out of range"); }
        for (uint32_t j = 0; j < i; j++) {
            const OuHandler *inner = &unit->handlers[j];
            if (inner->start < h->end && h->start < inner->end && (inner->start < h->start || inner->end > h->end)) {
                fail(v, "handler ranges overlap");
            }
        }
    }
}

static void check_encoding(Verifier *v) {
    const OuUnit *unit = v->unit;
    for (v->at = 0; v->at < unit->code_count; v->at = after(unit, v->at)) {
        bool known = ou_op_of(unit->code[v->at]) < OP_COUNT;
        if (!known || after(unit, v->at) > unit->code_count) {
            fail(v, known ? "instruction cut off" : "unknown opcode");
            return;
        }
        v->starts[v->at] = 1;
    }
    for (v->at = 0; v->at < unit->code_count; v->at = after(unit, v->at)) {
        check_instruction(v);
        if (v->wrong != NULL) { return; }
    }
    check_handlers(v);
}

static bool is_full(const State *s, uint32_t reg) { return s->full[reg / 64] >> (reg % 64) & 1; }

static void set(Verifier *v, State *s, uint32_t reg, bool full) {
    if (reg < v->unit->named) { return; } /* bound or not is asked at run time */
    if (reg >= v->limit) {
        fail(v, "run of temporaries out of range");
        return;
    }
    uint64_t bit = UINT64_C(1) << (reg % 64);
    s->full[reg / 64] = full ? s->full[reg / 64] | bit : s->full[reg / 64] & ~bit;
}

static void read(Verifier *v, const State *s, uint32_t reg) {
    if (reg >= v->limit) {
        fail(v, "run of temporaries out of range");
    } else if (reg >= v->unit->named && !is_full(s, reg)) {
        fail(v, "empty temporary read");
    }
}

static void consume(Verifier *v, State *s, uint32_t from, uint32_t count) {
    for (uint32_t reg = from; reg < from + count && v->wrong == NULL; reg++) {
        if (reg < v->unit->named) { fail(v, "named register in a run of temporaries"); }
        read(v, s, reg);
        set(v, s, reg, false);
    }
}

static void fill(Verifier *v, State *s, uint32_t from, uint32_t count) {
    for (uint32_t reg = from; reg < from + count && v->wrong == NULL; reg++) {
        if (reg >= v->unit->named && reg < v->limit && is_full(s, reg)) { fail(v, "full temporary overrun"); }
        set(v, s, reg, true);
    }
}

/* The run of temporaries of an instruction that has one. */
static void apply_run(Verifier *v, State *s, uint32_t word, uint32_t next) {
    uint32_t a = ou_op_a(word), b = ou_op_b(word), c = ou_op_c(word);
    switch (ou_op_of(word)) {
    case OP_LOAD_METHOD: fill(v, s, a, 2); break;
    case OP_BUILD_DICT: consume(v, s, b, 2 * c); break;
    case OP_BUILD_SLICE:
    case OP_BUILD_TUPLE:
    case OP_BUILD_LIST:
    case OP_BUILD_SET:
    case OP_BUILD_STRING: consume(v, s, b, c); break;
    case OP_UNPACK: fill(v, s, a, c); break;
    case OP_UNPACK_EX: fill(v, s, a, c + 1 + next); break;
    case OP_CALL:
    case OP_CALL_KW: consume(v, s, a, b + 1); break;
    case OP_CALL_METHOD:
    case OP_CALL_METHOD_KW: consume(v, s, a, b + 2); break;
    case OP_CALL_EX: consume(v, s, a, b ? 3 : 2); break;
    case OP_FUNCTION: consume(v, s, c, (b & 1) + (b >> 1 & 1) + (b >> 2 & 1)); break;
    case OP_EXC_BEGIN:
    case OP_WITH_ENTER:
        read(v, s, a);
        fill(v, s, a + 1, 1);
        break;
    case OP_EXC_END:
    case OP_WITH_EXIT: consume(v, s, a, 2); break;
    case OP_WITH_EXCEPT:
        read(v, s, a);
        read(v, s, a + 1);
        break;
    default: fail(v, "run of temporaries of an unknown kind");
    }
}

/* What an instruction does to the temporaries when it goes on with the next one. */
static void apply(Verifier *v, State *s, uint32_t at) {
    uint32_t word = v->unit->code[at];
    uint8_t op = ou_op_of(word);
    const char *roles = ou_op_info[op].roles;
    if (op == OP_SUPER_METHOD) { return; } /* does what the next two do, or nothing */
    bool run = false;
    for (int i = 0; i < 3; i++) {
        uint32_t operand = word >> (8 * (i + 1)) & 0xff;
        if (roles[i] == 'r' || roles[i] == 's') { read(v, s, operand); }
        if (roles[i] == 's' && !(i > 0 && roles[i - 1] == 's' && operand == (word >> (8 * i) & 0xff))) {
            set(v, s, operand, false);
        }
        run |= roles[i] == 'w';
    }
    if (run) { apply_run(v, s, word, after(v->unit, at) > at + 1 ? v->unit->code[at + 1] : 0); }
    for (int i = 0; i < 3; i++) {
        if (roles[i] == 'd') { set(v, s, word >> (8 * (i + 1)) & 0xff, true); }
    }
    if (op == OP_YIELD_FROM) { set(v, s, ou_op_b(word), false); }
}

/* A way leads to `at` with this state. */
static void arrive(Verifier *v, uint32_t at, const State *s) {
    if (!begins(v, at)) {
        fail(v, "runs off the end");
        return;
    }
    if (v->starts[at] & 2) {
        if (memcmp(&v->states[at], s, sizeof *s) != 0) {
            v->at = at;
            fail(v, "paths disagree about a temporary");
        }
        return;
    }
    v->states[at] = *s;
    v->starts[at] |= 2;
    v->queue[v->waiting++] = at;
}

/* An exception leads to the handler with the temporaries below its depth as they are. */
static void arrive_at_handler(Verifier *v, const State *s) {
    for (uint32_t i = 0; i < v->unit->handler_count; i++) {
        const OuHandler *h = &v->unit->handlers[i];
        if (v->at < h->start || v->at >= h->end) { continue; }
        State caught = *s;
        for (uint32_t reg = h->depth; reg < v->limit; reg++) { set(v, &caught, reg, reg == h->depth); }
        arrive(v, h->target, &caught);
        return;
    }
}

static bool goes_on(uint8_t op) {
    return op != OP_JUMP && op != OP_LOOP && op != OP_RETURN && op != OP_RETURN_NONE && op != OP_RAISE &&
           op != OP_RAISE_FROM && op != OP_RAISE_AGAIN && op != OP_RERAISE;
}

static void check_flow(Verifier *v) {
    State start = {{0}};
    v->at = 0;
    arrive(v, 0, &start);
    while (v->waiting > 0 && v->wrong == NULL) {
        uint32_t at = v->queue[--v->waiting];
        v->at = at;
        uint32_t word = v->unit->code[at];
        uint8_t op = ou_op_of(word);
        if (ou_op_info[op].flags & OU_OP_RAISES) { arrive_at_handler(v, &v->states[at]); }
        v->at = at;
        State next = v->states[at];
        apply(v, &next, at);
        if (v->wrong != NULL) { return; }
        if (ou_op_info[op].flags & OU_OP_JUMPS) {
            State jumped = next;
            if (op == OP_FOR_ITER) { set(v, &next, ou_op_b(word), is_full(&v->states[at], ou_op_b(word))); }
            arrive(v, target(v->unit, at), &jumped);
        }
        if (op == OP_FOR_ITER || op == OP_JT_KEEP || op == OP_JF_KEEP) { set(v, &next, ou_op_a(word), false); }
        if (goes_on(op)) { arrive(v, after(v->unit, at), &next); }
    }
}

const char *ou_verify_unit(OuArena *arena, const OuUnit *unit, uint32_t *at) {
    Verifier v = {.unit = unit, .limit = unit->registers < OU_FAR_BASE ? unit->registers : OU_FAR_BASE};
    uint32_t count = unit->code_count ? unit->code_count : 1;
    v.starts = ou_arena_alloc(arena, count);
    v.states = ou_arena_array(arena, count, sizeof *v.states);
    v.queue = ou_arena_array(arena, count, sizeof *v.queue);
    if (v.starts == NULL || v.states == NULL || v.queue == NULL) { return NULL; }
    if (unit->named > OU_NEAR_REGISTERS || unit->registers < unit->named) { fail(&v, "register counts"); }
    if (v.wrong == NULL) { check_encoding(&v); }
    if (v.wrong == NULL) { check_flow(&v); }
    *at = v.at;
    return v.wrong;
}
