/* Emission: instructions, labels, constants, names, line table, handler ranges. */
#include "compiler/gen.h"
#include "compiler/verify.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void ou_gen_error(OuGen *g, OuPosition at, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (!g->failed) { ou_source_error_at(g->error, g->source, at, format, arguments); }
    va_end(arguments);
    g->failed = true;
}

void ou_gen_unsupported(OuGen *g, OuPosition at, const char *what) {
    at.end_line = at.line;
    at.end_column = at.column + 1;
    ou_gen_error(g, at, "Ouro does not support %s", what);
}

void ou_gen_no_memory(OuGen *g) {
    if (!g->failed) { ou_source_no_memory(g->error); }
    g->failed = true;
}

/* In the arena. */
static void *new_array(OuGen *g, size_t count, size_t size) {
    void *fresh = ou_arena_array(g->arena, count, size);
    if (fresh == NULL) { ou_gen_no_memory(g); }
    return fresh;
}

static bool grow(OuGen *g, void **items, uint32_t count, uint32_t *capacity, size_t size) {
    if (count < *capacity) { return true; }
    uint32_t bigger = *capacity ? *capacity * 2 : 16;
    void *fresh = new_array(g, bigger, size);
    if (fresh == NULL) { return false; }
    if (count > 0) { memcpy(fresh, *items, count * size); }
    *items = fresh;
    *capacity = bigger;
    return true;
}

/* Appends to a list of OuGen or OuGenPool, unless memory is out. */
#define PUSH(LIST, ...)                                                                              \
    do {                                                                                             \
        if (grow(g, (void **)&(LIST).items, (LIST).count, &(LIST).capacity, sizeof *(LIST).items)) { \
            (LIST).items[(LIST).count++] = __VA_ARGS__;                                              \
        }                                                                                            \
    } while (0)

static void put_varint(OuGen *g, uint32_t number) {
    for (; number >= 0x80; number >>= 7) { PUSH(g->lines, (uint8_t)(number | 0x80)); }
    PUSH(g->lines, (uint8_t)number);
}

static void note_position(OuGen *g) {
    if (memcmp(&g->position, &g->last_position, sizeof g->position) == 0) { return; }
    int32_t lines = (int32_t)(g->position.line - g->last_position.line);
    put_varint(g, g->code.count - g->line_at);
    put_varint(g, lines < 0 ? ~((uint32_t)lines << 1) : (uint32_t)lines << 1);
    put_varint(g, g->position.column);
    put_varint(g, g->position.end_line - g->position.line);
    put_varint(g, g->position.end_column);
    g->line_at = g->code.count;
    g->last_position = g->position;
}

static uint32_t read_varint(const uint8_t **at) {
    uint32_t number = 0, shift = 0;
    while (**at & 0x80) {
        number |= (uint32_t)(*(*at)++ & 0x7f) << shift;
        shift += 7;
    }
    return number | (uint32_t) * (*at)++ << shift;
}

bool ou_unit_position(const uint8_t *lines, uint32_t size, uint32_t at, OuPosition *out) {
    const uint8_t *here = lines, *end = lines + size;
    uint32_t start = 0, line = 0;
    bool found = false;
    while (here < end) {
        start += read_varint(&here);
        if (start > at) { break; }
        uint32_t zigzag = read_varint(&here);
        line += (zigzag >> 1) ^ (0u - (zigzag & 1));
        out->line = line;
        out->column = read_varint(&here);
        out->end_line = line + read_varint(&here);
        out->end_column = read_varint(&here);
        found = true;
    }
    return found;
}

void ou_emit_word(OuGen *g, uint32_t word) { PUSH(g->code, word); }

void ou_emit_open(OuGen *g, int more) {
    if (!g->counted) { return; }
    note_position(g);
    ou_emit_word(g, (uint32_t)OP_STEPS | ((uint32_t)more & 0xff) << 8);
    ou_emit_word(g, 0);
}

void ou_emit(OuGen *g, OuOpcode op, uint32_t a, uint32_t b, uint32_t c) {
    if (g->counted) {
        if (g->steps_at == 0) {
            ou_emit_open(g, 0);
            g->steps_at = g->failed ? 0 : g->code.count - 1;
        }
        if (!g->failed) { g->code.items[g->steps_at]++; }
    }
    note_position(g);
    ou_emit_word(g, (uint32_t)op | (a & 0xff) << 8 | (b & 0xff) << 16 | (c & 0xff) << 24);
}

void ou_emit_at(OuGen *g, OuPosition at, OuOpcode op, uint32_t a, uint32_t b, uint32_t c) {
    g->position = at;
    ou_emit(g, op, a, b, c);
}

OuReg ou_emit_to(OuGen *g, const OuExpr *e, OuOpcode op, OuReg mark, OuReg want, uint32_t b, uint32_t c) {
    OuReg dst = ou_result(g, mark, want);
    ou_emit_at(g, e->at, op, dst, b, c);
    return dst;
}

OuReg ou_copy(OuGen *g, OuReg reg) {
    OuReg copy = ou_temp(g);
    ou_emit(g, OP_MOVE, copy, reg, 0);
    return copy;
}

void ou_emit_wide(OuGen *g, OuOpcode op, uint32_t a, uint32_t bc) { ou_emit(g, op, a, bc & 0xff, bc >> 8); }

void ou_emit_cache(OuGen *g, uint32_t words) {
    for (uint32_t i = 0; i < words; i++) { ou_emit_word(g, 0); }
}

void ou_emit_global(OuGen *g, OuOpcode op, uint32_t a, uint32_t name) {
    ou_emit_wide(g, op, a, name);
    ou_emit_cache(g, 3);
}

void ou_emit_attribute(OuGen *g, OuPosition at, OuOpcode op, uint32_t a, uint32_t b, OuIdent *name) {
    ou_emit_at(g, at, op, a, b, 0);
    ou_emit_word(g, ou_gen_name(g, ou_scope_mangle(g->scope, name)));
    ou_emit_cache(g, 3);
}

uint32_t ou_label_new(OuGen *g) {
    PUSH(g->labels, UINT32_MAX);
    return g->labels.count - 1;
}

void ou_label_here(OuGen *g, uint32_t label) {
    g->steps_at = 0;
    if (!g->failed) { g->labels.items[label] = g->code.count; }
}

void ou_emit_jump(OuGen *g, OuOpcode op, uint32_t a, uint32_t b, uint32_t c, uint32_t label) {
    ou_emit(g, op, a, b, c);
    PUSH(g->patches, (OuGenPatch){g->code.count, label});
    ou_emit_word(g, 0);
    g->steps_at = 0;
}

void ou_emit_jump_at(OuGen *g, OuPosition at, OuOpcode op, uint32_t a, uint32_t b, uint32_t c, uint32_t label) {
    g->position = at;
    ou_emit_jump(g, op, a, b, c, label);
}

void ou_jump(OuGen *g, uint32_t label) { ou_emit_jump(g, OP_JUMP, 0, 0, 0, label); }

OuReg ou_temp(OuGen *g) {
    OuReg temp = g->next_temp;
    if (temp > 255) {
        ou_gen_error(g, g->position, "expression too complex: more than %u temporaries", 256 - g->named);
        return 255;
    }
    g->next_temp++;
    if ((uint32_t)temp >= g->max_register) { g->max_register = (uint32_t)temp + 1; }
    return temp;
}

OuReg ou_result(OuGen *g, OuReg mark, OuReg want) {
    g->next_temp = mark;
    return want == OU_ANY ? ou_temp(g) : want;
}

/* The content of a constant as bytes, with its kind all that it is; NULL: it has none, or is a tuple. */
static const void *const_bytes(const OuUnitConst *constant, size_t *size) {
    switch (constant->kind) {
    case OU_UNIT_INT:
    case OU_UNIT_FLOAT: *size = sizeof constant->as.integer; return &constant->as.integer;
    case OU_UNIT_BIGINT: *size = constant->as.big.length; return constant->as.big.digits;
    case OU_UNIT_STR:
    case OU_UNIT_BYTES: *size = constant->as.text.length; return constant->as.text.bytes;
    default: *size = 0; return NULL;
    }
}

static uint32_t const_hash(const OuUnitConst *constant) {
    size_t size;
    const void *bytes = const_bytes(constant, &size);
    uint32_t hash = ou_hash_bytes(bytes, size, OU_HASH_START ^ constant->kind);
    for (uint32_t i = 0; constant->kind == OU_UNIT_TUPLE && i < constant->as.tuple.count; i++) {
        hash = hash * 31 + const_hash(&constant->as.tuple.items[i]);
    }
    return hash;
}

/* Same type and same bits: 0.0 and -0.0, 1 and 1.0 and True stay apart. */
static bool const_equal(const OuUnitConst *a, const OuUnitConst *b) {
    size_t size_a, size_b;
    const void *bytes_a = const_bytes(a, &size_a), *bytes_b = const_bytes(b, &size_b);
    if (a->kind != b->kind || size_a != size_b || (size_a > 0 && memcmp(bytes_a, bytes_b, size_a) != 0)) {
        return false;
    }
    if (a->kind == OU_UNIT_BIGINT) {
        return a->as.big.base == b->as.big.base && a->as.big.negative == b->as.big.negative;
    }
    if (a->kind != OU_UNIT_TUPLE) { return true; }
    if (a->as.tuple.count != b->as.tuple.count) { return false; }
    for (uint32_t i = 0; i < a->as.tuple.count; i++) {
        if (!const_equal(&a->as.tuple.items[i], &b->as.tuple.items[i])) { return false; }
    }
    return true;
}

static uint32_t *pool_slot(const OuGenPool *pool, const OuUnitConst *constant) {
    uint32_t at = const_hash(constant) & (pool->table_size - 1);
    while (pool->table[at] != 0 && !const_equal(&pool->items[pool->table[at] - 1], constant)) {
        at = (at + 1) & (pool->table_size - 1);
    }
    return &pool->table[at];
}

static uint32_t pool_add(OuGen *g, OuGenPool *pool, const OuUnitConst *constant) {
    if (g->failed) { return 0; }
    if ((pool->count + 1) * 2 > pool->table_size) {
        uint32_t size = pool->table_size ? pool->table_size * 2 : 32;
        uint32_t *table = new_array(g, size, sizeof *table);
        if (table == NULL) { return 0; }
        pool->table = table;
        pool->table_size = size;
        for (uint32_t i = 0; i < pool->count; i++) { *pool_slot(pool, &pool->items[i]) = i + 1; }
    }
    uint32_t *slot = pool_slot(pool, constant);
    if (*slot == 0) {
        PUSH(*pool, *constant);
        *slot = pool->count;
    }
    return *slot - 1;
}

uint32_t ou_gen_const(OuGen *g, const OuUnitConst *constant) { return pool_add(g, &g->constants, constant); }

uint32_t ou_gen_name_text(OuGen *g, const char *text, uint32_t length) {
    uint32_t index = pool_add(g, &g->names, &(OuUnitConst){.kind = OU_UNIT_STR, .as.text = {text, length}});
    if (index >= 65535) { ou_gen_error(g, g->position, "too many names in one code block (65535)"); }
    return index;
}

uint32_t ou_gen_name(OuGen *g, const OuIdent *name) { return ou_gen_name_text(g, name->text, name->len); }

OuUnitConst ou_gen_tuple(OuGen *g, uint32_t count) {
    OuUnitConst *items = new_array(g, count, sizeof *items);
    return (OuUnitConst){.kind = OU_UNIT_TUPLE, .as.tuple = {items, items != NULL ? count : 0}};
}

OuUnitConst ou_text_const(const OuIdent *name) {
    return (OuUnitConst){.kind = OU_UNIT_STR, .as.text = {name->text, name->len}};
}

void ou_load_const(OuGen *g, OuReg dst, const OuUnitConst *constant) {
    uint32_t index = ou_gen_const(g, constant);
    if (index < 65536) {
        ou_emit_wide(g, OP_LOADK, (uint32_t)dst, index);
    } else {
        ou_emit(g, OP_LOADKX, (uint32_t)dst, 0, 0);
        ou_emit_word(g, index);
    }
}

void ou_load_kind(OuGen *g, OuReg dst, OuUnitConstKind kind) { ou_load_const(g, dst, &(OuUnitConst){.kind = kind}); }

void ou_load_text(OuGen *g, OuReg dst, const char *text, uint32_t length) {
    ou_load_const(g, dst, &(OuUnitConst){.kind = OU_UNIT_STR, .as.text = {text, length}});
}

void ou_load_ident(OuGen *g, OuReg dst, OuIdent *name) {
    OuIdent *mangled = ou_scope_mangle(g->scope, name);
    ou_load_text(g, dst, mangled->text, mangled->len);
}

void ou_range_add(OuGen *g, uint32_t start, uint32_t end, uint32_t label, uint32_t depth, uint32_t order) {
    if (start < end) { PUSH(g->ranges, (OuGenRange){start, end, label, depth, order}); }
}

void ou_emit_function(OuGen *g, OuPosition at, OuReg dst, uint32_t flags, OuReg from, OuUnit *unit) {
    ou_emit_at(g, at, OP_FUNCTION, dst, flags, from);
    ou_emit_word(g, g->children.count);
    if (unit != NULL) { PUSH(g->children, unit); }
}

static OuText text_of(const OuIdent *ident) {
    return ident != NULL ? (OuText){ident->text, ident->len} : (OuText){"", 0};
}

/* Assigns the places of named registers: parameters and plain locals, then cells that are no parameters. */
static bool place_variables(OuGen *g) {
    OuScope *scope = g->scope;
    bool fast = scope->is_function_like;
    uint32_t plain = fast ? scope->varnames.count : 0;
    g->var_place = new_array(g, plain + 1, sizeof *g->var_place);
    g->cell_place = new_array(g, scope->cellvars.count + 1, sizeof *g->cell_place);
    g->unit->variables = new_array(g, plain + scope->cellvars.count + 1, sizeof(OuText));
    if (g->failed) { return false; }
    uint32_t place = 0;
    for (uint32_t i = 0; i < plain; i++) {
        g->var_place[i] = (uint16_t)place;
        g->unit->variables[place++] = text_of(scope->varnames.items[i]);
    }
    for (uint32_t i = 0; i < scope->cellvars.count; i++) {
        const OuSymbol *symbol = ou_scope_lookup(scope, scope->cellvars.items[i]);
        if (fast && symbol != NULL && symbol->param_index >= 0) {
            g->cell_place[i] = g->var_place[symbol->param_index];
        } else {
            g->cell_place[i] = (uint16_t)place;
            g->unit->variables[place++] = text_of(scope->cellvars.items[i]);
        }
    }
    if (place > 60000) {
        ou_gen_error(g, (OuPosition){scope->line, 0, scope->line, 1}, "too many local variables");
        return false;
    }
    g->named = place < OU_NEAR_REGISTERS ? place : OU_NEAR_REGISTERS;
    g->far_count = place - g->named;
    g->unit->variable_count = place;
    if (fast && scope->param_count > OU_NEAR_REGISTERS) {
        ou_gen_unsupported(g, (OuPosition){.line = scope->line}, "more than 200 parameters");
        return false;
    }
    return true;
}

static void make_cells(OuGen *g) {
    for (uint32_t i = 0; i < g->scope->cellvars.count; i++) {
        uint32_t place = ou_near_or_far(g->cell_place[i]);
        if (place < OU_FAR_BASE) {
            ou_emit(g, OP_MAKE_CELL, place, 0, 0);
        } else {
            ou_emit_wide(g, OP_MAKE_CELL_FAR, 0, place);
        }
    }
}

/* A failure is one of the unit around it as well. */
static bool is_sound(OuGen *g) {
    if (g->failed && g->outer != NULL) { g->outer->failed = true; }
    return !g->failed;
}

bool ou_gen_begin(OuGen *g, OuGen *outer, OuScope *scope) {
    if (outer != NULL) {
        *g = (OuGen){.arena = outer->arena,
                     .source = outer->source,
                     .error = outer->error,
                     .outer = outer,
                     .optimize = outer->optimize,
                     .counted = outer->counted};
    }
    g->scope = scope;
    OuUnit *unit = g->unit = new_array(g, 1, sizeof *g->unit);
    if (unit == NULL) { return is_sound(g); }
    unit->name = text_of(scope->name);
    unit->qualname = text_of(scope->qualname);
    unit->filename = (OuText){g->source->name, (uint32_t)strlen(g->source->name)};
    unit->first_line = scope->line;
    unit->positional = scope->arg_count;
    unit->positional_only = scope->posonly_count;
    unit->keyword_only = scope->kwonly_count;
    unit->flags = (scope->is_function_like ? OU_UNIT_FUNCTION : 0u) | (scope->has_varargs ? OU_UNIT_VARARGS : 0u) |
                  (scope->has_varkw ? OU_UNIT_VARKW : 0u) | (scope->is_generator ? OU_UNIT_GENERATOR : 0u);
    unit->self_attributes = scope->self_attrs.count;
    if (!place_variables(g)) { return is_sound(g); }
    g->next_temp = (OuReg)g->named;
    g->max_register = g->named;
    for (uint32_t i = 0; scope->is_function_like && i < scope->param_count && i < g->named; i++) {
        g->assigned.bits[i / 64] |= (uint64_t)1 << (i % 64);
    }
    g->position = (OuPosition){scope->line, 0, scope->line, 0};
    if (scope->is_generator) { ou_emit(g, OP_NOP, 0, 0, 0); } /* where throw() raises before the start */
    make_cells(g);
    return is_sound(g);
}

/* Inner ranges first: they were opened later, so they have the higher order. */
static void sort_ranges(OuGen *g) {
    OuGenRange *ranges = g->ranges.items;
    for (uint32_t i = 1; i < g->ranges.count; i++) {
        OuGenRange range = ranges[i];
        uint32_t j = i;
        for (; j > 0 && ranges[j - 1].order < range.order; j--) { ranges[j] = ranges[j - 1]; }
        ranges[j] = range;
    }
}

static void capture_free(OuGen *g) {
    const OuIdentSeq *free_names = &g->scope->freevars;
    const OuScope *maker = g->outer->scope;
    OuUnit *unit = g->unit;
    unit->free_count = free_names->count;
    unit->free_names = new_array(g, unit->free_count + 1, sizeof(OuText));
    unit->captures = new_array(g, unit->free_count + 1, sizeof(OuCapture));
    for (uint32_t i = 0; i < unit->free_count && !g->failed; i++) {
        unit->free_names[i] = text_of(free_names->items[i]);
        uint32_t at = (uint32_t)ou_scope_closure_index(maker, free_names->items[i]);
        bool local = at < maker->cellvars.count;
        uint32_t index = local ? ou_near_or_far(g->outer->cell_place[at]) : at - maker->cellvars.count;
        unit->captures[i] = (OuCapture){local, (uint16_t)index};
    }
}

/* A mistake here would be a wrong count somewhere in the running program: flavours for tests stop at once. */
static void verify(const OuGen *g) {
#ifdef OU_VERIFY
    uint32_t at;
    const char *wrong = ou_verify_unit(g->arena, g->unit, &at);
    if (wrong != NULL) {
        ou_dis_unit(g->unit, stderr);
        fprintf(stderr, "%s: %s at %u\n", g->unit->qualname.bytes, wrong, at);
        abort();
    }
#endif
}

OuUnit *ou_gen_finish(OuGen *g) {
    OuUnit *unit = g->unit;
    if (!g->failed && g->outer != NULL) { capture_free(g); }
    if (!g->failed) { unit->handlers = new_array(g, g->ranges.count + 1, sizeof(OuHandler)); }
    if (!g->failed) { unit->names = new_array(g, g->names.count, sizeof(OuText)); }
    if (!is_sound(g)) { return NULL; }
    for (uint32_t i = 0; i < g->patches.count; i++) {
        OuGenPatch patch = g->patches.items[i];
        g->code.items[patch.word] = g->labels.items[patch.label] - (patch.word + 1);
    }
    sort_ranges(g);
    for (uint32_t i = 0; i < g->ranges.count; i++) {
        const OuGenRange *range = &g->ranges.items[i];
        unit->handlers[i] = (OuHandler){range->start, range->end, g->labels.items[range->label], range->depth};
    }
    for (uint32_t i = 0; i < g->names.count; i++) { unit->names[i] = g->names.items[i].as.text; }
    unit->handler_count = g->ranges.count;
    unit->code = g->code.items;
    unit->code_count = g->code.count;
    unit->constants = g->constants.items;
    unit->constant_count = g->constants.count;
    unit->name_count = g->names.count;
    unit->lines = g->lines.items;
    unit->lines_size = g->lines.count;
    unit->children = g->children.items;
    unit->child_count = g->children.count;
    unit->named = g->named;
    unit->far_count = g->far_count;
    unit->registers = g->far_count ? OU_FAR_BASE + g->far_count : g->max_register;
    verify(g);
    return unit;
}
