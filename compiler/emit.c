/* Emission: instructions, labels, constants, names, line table, handler ranges. */
#include "compiler/dis.h"
#include "compiler/gen.h"
#include "compiler/verify.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- errors and growth ------------------------------------------------------------------------------ */

void ou_gen_error(OuGen *g, uint32_t line, uint32_t column, uint32_t end_line, uint32_t end_column, const char *format,
                  ...) {
    if (!g->failed) {
        char message[200];
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(message, sizeof message, format, arguments);
        va_end(arguments);
        ou_source_error(g->error, OU_ERR_SYNTAX, (int)line, ou_source_char_col(g->source, line, column) + 1,
                        (int)end_line, ou_source_char_col(g->source, end_line, end_column) + 1, "%s", message);
        g->failed = true;
    }
}

void ou_gen_unsupported(OuGen *g, uint32_t line, uint32_t column, const char *what) {
    ou_gen_error(g, line, column, line, column + 1, "Ouro does not support %s", what);
}

static void fail_memory(OuGen *g) {
    if (!g->failed) {
        ou_source_error(g->error, OU_ERR_MEMORY, 0, 0, 0, 0, "out of memory");
        g->failed = true;
    }
}

void *ou_gen_grow(OuGen *g, void *items, uint32_t count, uint32_t *capacity, size_t size) {
    if (count < *capacity) { return items; }
    uint32_t bigger = *capacity ? *capacity * 2 : 16;
    void *fresh = ou_arena_array(g->arena, bigger, size);
    if (fresh == NULL) {
        fail_memory(g);
        return NULL;
    }
    if (count && items != NULL) { memcpy(fresh, items, count * size); }
    *capacity = bigger;
    return fresh;
}

/* --- line table -------------------------------------------------------------------------------------- */

static void put_byte(OuGen *g, uint8_t byte) {
    uint8_t *grown = ou_gen_grow(g, g->lines, g->lines_size, &g->lines_capacity, 1);
    if (grown != NULL) {
        g->lines = grown;
        g->lines[g->lines_size++] = byte;
    }
}

static void put_varint(OuGen *g, uint32_t number) {
    while (number >= 0x80) {
        put_byte(g, (uint8_t)(number | 0x80));
        number >>= 7;
    }
    put_byte(g, (uint8_t)number);
}

static void note_position(OuGen *g) {
    if (memcmp(&g->position, &g->last_position, sizeof g->position) == 0) { return; }
    int32_t lines = (int32_t)(g->position.line - g->last_position.line);
    put_varint(g, g->code_count - g->line_at);
    put_varint(g, ((uint32_t)lines << 1) ^ (uint32_t)(lines >> 31));
    put_varint(g, g->position.column);
    put_varint(g, g->position.end_line - g->position.line);
    put_varint(g, g->position.end_column);
    g->line_at = g->code_count;
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

void ou_at_expr(OuGen *g, const OuExpr *e) { g->position = (OuPosition){e->line, e->col, e->end_line, e->end_col}; }

void ou_at_stmt(OuGen *g, const OuStmt *s) { g->position = (OuPosition){s->line, s->col, s->end_line, s->end_col}; }

/* --- instructions -------------------------------------------------------------------------------------- */

void ou_emit_word(OuGen *g, uint32_t word) {
    uint32_t *grown = ou_gen_grow(g, g->code, g->code_count, &g->code_capacity, sizeof *g->code);
    if (grown != NULL) {
        g->code = grown;
        g->code[g->code_count++] = word;
    }
}

uint32_t ou_emit(OuGen *g, OuOpcode op, uint32_t a, uint32_t b, uint32_t c) {
    note_position(g);
    uint32_t at = g->code_count;
    ou_emit_word(g, (uint32_t)op | (a & 0xff) << 8 | (b & 0xff) << 16 | (c & 0xff) << 24);
    return at;
}

uint32_t ou_emit_wide(OuGen *g, OuOpcode op, uint32_t a, uint32_t bc) { return ou_emit(g, op, a, bc & 0xff, bc >> 8); }

uint32_t ou_label_new(OuGen *g) {
    uint32_t *grown = ou_gen_grow(g, g->labels, g->label_count, &g->label_capacity, sizeof *g->labels);
    if (grown == NULL) { return 0; }
    g->labels = grown;
    g->labels[g->label_count] = UINT32_MAX;
    return g->label_count++;
}

void ou_label_here(OuGen *g, uint32_t label) {
    if (!g->failed) { g->labels[label] = g->code_count; }
}

void ou_emit_jump(OuGen *g, OuOpcode op, uint32_t a, uint32_t b, uint32_t c, uint32_t label) {
    ou_emit(g, op, a, b, c);
    uint32_t *grown = ou_gen_grow(g, g->patches, g->patch_count + 1, &g->patch_capacity, sizeof *g->patches);
    if (grown == NULL) { return; }
    g->patches = grown;
    g->patches[g->patch_count++] = g->code_count;
    g->patches[g->patch_count++] = label;
    ou_emit_word(g, 0);
}

OuReg ou_temp(OuGen *g) {
    OuReg temp = g->next_temp;
    if (temp > 255) {
        ou_gen_error(g, g->position.line, g->position.column, g->position.end_line, g->position.end_column,
                     "expression too complex: more than %u temporaries", 256 - g->named);
        return 255;
    }
    g->next_temp++;
    if ((uint32_t)temp >= g->max_register) { g->max_register = (uint32_t)temp + 1; }
    return temp;
}

/* --- constants and names ---------------------------------------------------------------------------------- */

static uint32_t hash_bytes(const void *bytes, size_t count, uint32_t seed) {
    const uint8_t *at = bytes;
    uint32_t hash = seed ^ 2166136261u;
    for (size_t i = 0; i < count; i++) { hash = (hash ^ at[i]) * 16777619u; }
    return hash;
}

static uint32_t const_hash(const OuUnitConst *constant) {
    switch (constant->kind) {
    case OU_UNIT_INT:
    case OU_UNIT_FLOAT: return hash_bytes(&constant->as.integer, sizeof constant->as.integer, constant->kind);
    case OU_UNIT_BIGINT: return hash_bytes(constant->as.big.digits, constant->as.big.length, constant->kind);
    case OU_UNIT_STR:
    case OU_UNIT_BYTES: return hash_bytes(constant->as.text.bytes, constant->as.text.length, constant->kind);
    case OU_UNIT_TUPLE: {
        uint32_t hash = constant->as.tuple.count;
        for (uint32_t i = 0; i < constant->as.tuple.count; i++) {
            hash = hash * 31 + const_hash(&constant->as.tuple.items[i]);
        }
        return hash;
    }
    default: return (uint32_t)constant->kind;
    }
}

/* Same type and same bits: 0.0 and -0.0, 1 and 1.0 and True stay apart. */
static bool const_equal(const OuUnitConst *a, const OuUnitConst *b) {
    if (a->kind != b->kind) { return false; }
    switch (a->kind) {
    case OU_UNIT_INT:
    case OU_UNIT_FLOAT: return memcmp(&a->as.integer, &b->as.integer, sizeof a->as.integer) == 0;
    case OU_UNIT_BIGINT:
        return a->as.big.length == b->as.big.length && a->as.big.base == b->as.big.base &&
               a->as.big.negative == b->as.big.negative &&
               memcmp(a->as.big.digits, b->as.big.digits, a->as.big.length) == 0;
    case OU_UNIT_STR:
    case OU_UNIT_BYTES:
        return a->as.text.length == b->as.text.length &&
               memcmp(a->as.text.bytes, b->as.text.bytes, a->as.text.length) == 0;
    case OU_UNIT_TUPLE:
        if (a->as.tuple.count != b->as.tuple.count) { return false; }
        for (uint32_t i = 0; i < a->as.tuple.count; i++) {
            if (!const_equal(&a->as.tuple.items[i], &b->as.tuple.items[i])) { return false; }
        }
        return true;
    case OU_UNIT_CODE: return false;
    default: return true;
    }
}

uint32_t ou_gen_const(OuGen *g, const OuUnitConst *constant) {
    if (g->failed) { return 0; }
    if ((g->constant_count + 1) * 2 > g->constant_table_size) {
        uint32_t size = g->constant_table_size ? g->constant_table_size * 2 : 32;
        uint32_t *table = ou_arena_array(g->arena, size, sizeof *table);
        if (table == NULL) {
            fail_memory(g);
            return 0;
        }
        for (uint32_t i = 0; i < g->constant_count; i++) {
            uint32_t at = const_hash(&g->constants[i]) & (size - 1);
            while (table[at]) { at = (at + 1) & (size - 1); }
            table[at] = i + 1;
        }
        g->constant_table = table;
        g->constant_table_size = size;
    }
    uint32_t at = const_hash(constant) & (g->constant_table_size - 1);
    for (; g->constant_table[at]; at = (at + 1) & (g->constant_table_size - 1)) {
        if (const_equal(&g->constants[g->constant_table[at] - 1], constant)) { return g->constant_table[at] - 1; }
    }
    OuUnitConst *grown = ou_gen_grow(g, g->constants, g->constant_count, &g->constant_capacity, sizeof *g->constants);
    if (grown == NULL) { return 0; }
    g->constants = grown;
    g->constants[g->constant_count] = *constant;
    g->constant_table[at] = ++g->constant_count;
    return g->constant_count - 1;
}

/* Names are few per unit and looked up while generating only: a table over the interned idents' text. */
uint32_t ou_gen_name_text(OuGen *g, const char *text, uint32_t length) {
    if (g->failed) { return 0; }
    if ((g->name_count + 1) * 2 > g->name_table_size) {
        uint32_t size = g->name_table_size ? g->name_table_size * 2 : 32;
        uint32_t *table = ou_arena_array(g->arena, size, sizeof *table);
        if (table == NULL) {
            fail_memory(g);
            return 0;
        }
        for (uint32_t i = 0; i < g->name_count; i++) {
            uint32_t at = hash_bytes(g->names[i].bytes, g->names[i].length, 0) & (size - 1);
            while (table[at]) { at = (at + 1) & (size - 1); }
            table[at] = i + 1;
        }
        g->name_table = table;
        g->name_table_size = size;
    }
    uint32_t at = hash_bytes(text, length, 0) & (g->name_table_size - 1);
    for (; g->name_table[at]; at = (at + 1) & (g->name_table_size - 1)) {
        const OuText *name = &g->names[g->name_table[at] - 1];
        if (name->length == length && memcmp(name->bytes, text, length) == 0) { return g->name_table[at] - 1; }
    }
    OuText *grown = ou_gen_grow(g, g->names, g->name_count, &g->name_capacity, sizeof *g->names);
    if (grown == NULL) { return 0; }
    if (g->name_count >= 65535) {
        ou_gen_error(g, g->position.line, g->position.column, g->position.end_line, g->position.end_column,
                     "too many names in one code block (65535)");
        return 0;
    }
    g->names = grown;
    g->names[g->name_count] = (OuText){text, length};
    g->name_table[at] = ++g->name_count;
    return g->name_count - 1;
}

uint32_t ou_gen_name(OuGen *g, const OuIdent *name) { return ou_gen_name_text(g, name->text, name->len); }

bool ou_gen_const_from(OuGen *g, const OuConst *value, OuUnitConst *out) {
    memset(out, 0, sizeof *out);
    switch (value->kind) {
    case OU_CONST_NONE: out->kind = OU_UNIT_NONE; return true;
    case OU_CONST_TRUE: out->kind = OU_UNIT_TRUE; return true;
    case OU_CONST_FALSE: out->kind = OU_UNIT_FALSE; return true;
    case OU_CONST_ELLIPSIS: out->kind = OU_UNIT_ELLIPSIS; return true;
    case OU_CONST_INT:
        out->kind = OU_UNIT_INT;
        out->as.integer = value->as.integer;
        return true;
    case OU_CONST_BIGINT:
        out->kind = OU_UNIT_BIGINT;
        out->as.big.digits = value->as.big.digits;
        out->as.big.length = value->as.big.len;
        out->as.big.base = value->as.big.base;
        out->as.big.negative = value->as.big.negative;
        return true;
    case OU_CONST_FLOAT:
        out->kind = OU_UNIT_FLOAT;
        out->as.number = value->as.number;
        return true;
    case OU_CONST_IMAGINARY:
        ou_gen_unsupported(g, g->position.line, g->position.column, "complex numbers");
        return false;
    case OU_CONST_STR:
    case OU_CONST_BYTES:
        out->kind = value->kind == OU_CONST_STR ? OU_UNIT_STR : OU_UNIT_BYTES;
        out->as.text = (OuText){value->as.str.bytes, value->as.str.len};
        return true;
    case OU_CONST_TUPLE:
        out->kind = OU_UNIT_TUPLE;
        out->as.tuple.count = value->as.tuple.count;
        out->as.tuple.items = ou_arena_array(g->arena, value->as.tuple.count, sizeof(OuUnitConst));
        if (out->as.tuple.items == NULL) {
            fail_memory(g);
            return false;
        }
        for (uint32_t i = 0; i < value->as.tuple.count; i++) {
            if (!ou_gen_const_from(g, value->as.tuple.items[i], &out->as.tuple.items[i])) { return false; }
        }
        return true;
    }
    return false;
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

void ou_load_kind(OuGen *g, OuReg dst, OuUnitConstKind kind) {
    OuUnitConst constant = {.kind = kind};
    ou_load_const(g, dst, &constant);
}

void ou_load_text(OuGen *g, OuReg dst, const char *text, uint32_t length) {
    OuUnitConst constant = {.kind = OU_UNIT_STR, .as.text = {text, length}};
    ou_load_const(g, dst, &constant);
}

/* --- begin and end of a unit -------------------------------------------------------------------------------- */

void ou_range_add(OuGen *g, uint32_t start, uint32_t end, uint32_t label, uint32_t depth, uint32_t order) {
    if (start >= end) { return; }
    OuGenRange *grown = ou_gen_grow(g, g->ranges, g->range_count, &g->range_capacity, sizeof *g->ranges);
    if (grown != NULL) {
        g->ranges = grown;
        g->ranges[g->range_count++] = (OuGenRange){start, end, label, depth, order};
    }
}

static OuText text_of(const OuIdent *ident) {
    return ident != NULL ? (OuText){ident->text, ident->len} : (OuText){"", 0};
}

/* Assigns the places of named registers: parameters and plain locals, then cells that are no parameters. */
static bool place_variables(OuGen *g) {
    OuScope *scope = g->scope;
    bool fast = scope->is_function_like;
    uint32_t plain = fast ? scope->varnames.count : 0;
    g->var_place = ou_arena_array(g->arena, plain + 1, sizeof *g->var_place);
    g->cell_place = ou_arena_array(g->arena, scope->cellvars.count + 1, sizeof *g->cell_place);
    g->unit->variables = ou_arena_array(g->arena, plain + scope->cellvars.count + 1, sizeof(OuText));
    if (g->var_place == NULL || g->cell_place == NULL || g->unit->variables == NULL) {
        fail_memory(g);
        return false;
    }
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
            g->unit->cell_count++;
        }
    }
    if (place > 60000) {
        ou_gen_error(g, scope->line, 0, scope->line, 1, "too many local variables");
        return false;
    }
    g->named_total = place;
    g->named = place < OU_NEAR_REGISTERS ? place : OU_NEAR_REGISTERS;
    g->far_count = place - g->named;
    g->unit->variable_count = place;
    if (fast && scope->param_count > OU_NEAR_REGISTERS) {
        ou_gen_unsupported(g, scope->line, 0, "more than 200 parameters");
        return false;
    }
    return true;
}

static void make_cells(OuGen *g) {
    for (uint32_t i = 0; i < g->scope->cellvars.count; i++) {
        uint32_t place = g->cell_place[i];
        if (place < OU_NEAR_REGISTERS) {
            ou_emit(g, OP_MAKE_CELL, place, 0, 0);
        } else {
            ou_emit_wide(g, OP_MAKE_CELL_FAR, 0, OU_FAR_BASE + place - OU_NEAR_REGISTERS);
        }
    }
}

bool ou_gen_begin(OuGen *g, OuGen *outer, OuScope *scope) {
    OuArena *arena = outer != NULL ? outer->arena : g->arena;
    if (outer != NULL) {
        *g = (OuGen){.arena = arena,
                     .source = outer->source,
                     .error = outer->error,
                     .outer = outer,
                     .optimize = outer->optimize};
    }
    g->scope = scope;
    g->unit = ou_arena_alloc(arena, sizeof *g->unit);
    if (g->unit == NULL) {
        fail_memory(g);
        return false;
    }
    OuUnit *unit = g->unit;
    unit->name = text_of(scope->name);
    unit->qualname = text_of(scope->qualname);
    unit->filename = (OuText){g->source->name, (uint32_t)strlen(g->source->name)};
    unit->first_line = scope->line;
    unit->positional = scope->arg_count;
    unit->positional_only = scope->posonly_count;
    unit->keyword_only = scope->kwonly_count;
    unit->flags = (scope->is_function_like ? OU_UNIT_FUNCTION : 0u) | (scope->has_varargs ? OU_UNIT_VARARGS : 0u) |
                  (scope->has_varkw ? OU_UNIT_VARKW : 0u) | (scope->is_generator ? OU_UNIT_GENERATOR : 0u) |
                  (scope->kind == OU_SCOPE_CLASS ? OU_UNIT_CLASS : 0u) | (scope->is_nested ? OU_UNIT_NESTED : 0u);
    unit->self_attributes = scope->self_attrs.count;
    if (!place_variables(g)) { return false; }
    g->next_temp = (OuReg)g->named;
    g->max_register = g->named;
    for (uint32_t i = 0; scope->is_function_like && i < scope->param_count && i < g->named; i++) {
        g->assigned.bits[i / 64] |= (uint64_t)1 << (i % 64);
    }
    g->position = (OuPosition){scope->line, 0, scope->line, 0};
    make_cells(g);
    return !g->failed;
}

/* Inner ranges first: they were opened later, so they have the higher order. */
static void sort_ranges(OuGen *g) {
    for (uint32_t i = 1; i < g->range_count; i++) {
        OuGenRange range = g->ranges[i];
        uint32_t j = i;
        for (; j > 0 && g->ranges[j - 1].order < range.order; j--) { g->ranges[j] = g->ranges[j - 1]; }
        g->ranges[j] = range;
    }
}

static bool capture_free(OuGen *g) {
    OuScope *scope = g->scope;
    OuUnit *unit = g->unit;
    unit->free_count = scope->freevars.count;
    unit->free_names = ou_arena_array(g->arena, unit->free_count + 1, sizeof(OuText));
    unit->captures = ou_arena_array(g->arena, unit->free_count + 1, sizeof(OuCapture));
    if (unit->free_names == NULL || unit->captures == NULL) {
        fail_memory(g);
        return false;
    }
    for (uint32_t i = 0; i < unit->free_count; i++) {
        OuIdent *name = scope->freevars.items[i];
        unit->free_names[i] = text_of(name);
        for (uint32_t j = 0; j < g->outer->scope->cellvars.count; j++) {
            if (g->outer->scope->cellvars.items[j] == name) {
                uint32_t place = g->outer->cell_place[j];
                unit->captures[i].local = true;
                unit->captures[i].index =
                    (uint16_t)(place < OU_NEAR_REGISTERS ? place : OU_FAR_BASE + place - OU_NEAR_REGISTERS);
                break;
            }
        }
        for (uint32_t j = 0; !unit->captures[i].local && j < g->outer->scope->freevars.count; j++) {
            if (g->outer->scope->freevars.items[j] == name) { unit->captures[i].index = (uint16_t)j; }
        }
    }
    return true;
}

/* A mistake here would be a wrong count somewhere in the running program: debug builds stop at once. */
static void verify(const OuGen *g) {
#ifndef NDEBUG
    uint32_t at;
    const char *wrong = ou_verify_unit(g->arena, g->unit, &at);
    if (wrong != NULL) {
        ou_dis_unit(g->unit, stderr);
        fprintf(stderr, "%s: %s at %u\n", g->unit->qualname.bytes, wrong, at);
        abort();
    }
#else
    (void)g;
#endif
}

bool ou_gen_finish(OuGen *g) {
    if (g->failed || (g->outer != NULL && !capture_free(g))) {
        if (g->outer != NULL) { g->outer->failed = true; }
        return false;
    }
    for (uint32_t i = 0; i < g->patch_count; i += 2) {
        uint32_t word = g->patches[i];
        g->code[word] = g->labels[g->patches[i + 1]] - (word + 1);
    }
    sort_ranges(g);
    OuUnit *unit = g->unit;
    unit->handlers = ou_arena_array(g->arena, g->range_count + 1, sizeof(OuHandler));
    if (unit->handlers == NULL) {
        fail_memory(g);
        return false;
    }
    for (uint32_t i = 0; i < g->range_count; i++) {
        const OuGenRange *range = &g->ranges[i];
        unit->handlers[i] = (OuHandler){range->start, range->end, g->labels[range->label], range->depth};
    }
    unit->handler_count = g->range_count;
    unit->code = g->code;
    unit->code_count = g->code_count;
    unit->constants = g->constants;
    unit->constant_count = g->constant_count;
    unit->names = g->names;
    unit->name_count = g->name_count;
    unit->lines = g->lines;
    unit->lines_size = g->lines_size;
    unit->children = g->children;
    unit->child_count = g->child_count;
    unit->named = g->named;
    unit->far_count = g->far_count;
    unit->registers = g->far_count ? OU_FAR_BASE + g->far_count : g->max_register;
    verify(g);
    return true;
}
