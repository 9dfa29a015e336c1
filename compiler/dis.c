/* Disassembler: from the opcode table alone, so it is right for every instruction. */
#include "compiler/verify.h"

#include <string.h>

enum { R = OU_OP_RAISES, J = OU_OP_JUMPS };
const OuOpInfo ou_op_info[OP_COUNT] = {
#define OU_OP(name, roles, extra, follows, flags, doc) {#name, roles, extra, follows, flags, doc},
#include "compiler/opcodes.def"
#undef OU_OP
};

static void put_const(const OuUnitConst *constant, FILE *out) {
    static const char *const names[] = {"None", "True", "False", "..."};
    switch (constant->kind) {
    case OU_UNIT_INT: fprintf(out, "%lld", (long long)constant->as.integer); break;
    case OU_UNIT_BIGINT:
        fprintf(out, "%s%.*s", constant->as.big.negative ? "-" : "", (int)constant->as.big.length,
                constant->as.big.digits);
        break;
    case OU_UNIT_FLOAT: fprintf(out, "%.17g", constant->as.number); break;
    case OU_UNIT_STR:
    case OU_UNIT_BYTES:
        fprintf(out, "%s'", constant->kind == OU_UNIT_BYTES ? "b" : "");
        for (uint32_t i = 0; i < constant->as.text.length && i < 40; i++) {
            unsigned char c = (unsigned char)constant->as.text.bytes[i];
            fprintf(out, c < 32 || c == 127 ? "\\x%02x" : "%c", c);
        }
        fprintf(out, "%s'", constant->as.text.length > 40 ? "..." : "");
        break;
    case OU_UNIT_TUPLE:
        fputc('(', out);
        for (uint32_t i = 0; i < constant->as.tuple.count && i < 8; i++) {
            put_const(&constant->as.tuple.items[i], out);
            fprintf(out, ", ");
        }
        fputc(')', out);
        break;
    case OU_UNIT_CODE: fprintf(out, "<code>"); break;
    default: fprintf(out, "%s", names[constant->kind]);
    }
}

static void put_register(const OuUnit *unit, uint32_t reg, FILE *out) {
    if (reg < unit->named) {
        fprintf(out, " %s", unit->variables[reg].bytes);
    } else {
        fprintf(out, " t%u", reg - unit->named);
    }
}

static void put_instruction(const OuUnit *unit, uint32_t at, FILE *out) {
    uint32_t word = unit->code[at];
    const OuOpInfo *info = &ou_op_info[ou_op_of(word)];
    fprintf(out, "%6u  %-16s", at, info->name);
    for (int i = 0; i < 3; i++) {
        uint32_t operand = word >> (8 * (i + 1)) & 0xff;
        switch (info->roles[i]) {
        case 'd':
        case 's':
        case 'r':
        case 'w': put_register(unit, operand, out); break;
        case 'k':
            fputc(' ', out);
            put_const(&unit->constants[operand], out);
            break;
        case 'n': fprintf(out, " %u", operand); break;
        case 'x':
            fprintf(out, " #%u", ou_op_bc(word));
            if (ou_op_of(word) == OP_LOADK) {
                fprintf(out, " (");
                put_const(&unit->constants[ou_op_bc(word)], out);
                fputc(')', out);
            } else if (info->follows == 'g' || ou_op_of(word) == OP_LOAD_NAME || ou_op_of(word) == OP_STORE_NAME) {
                fprintf(out, " (%s)", unit->names[ou_op_bc(word)].bytes);
            }
            break;
        default: break;
        }
    }
    if (info->follows == 'j') {
        fprintf(out, " -> %d", (int)(at + 2 + (int32_t)unit->code[at + 1]));
    } else if (info->follows == 'a') {
        fprintf(out, " .%s", unit->names[unit->code[at + 1] & 0xffff].bytes);
    } else if (strchr("vKNU", info->follows) != NULL) {
        for (uint32_t i = 1; i <= info->extra; i++) { fprintf(out, " [%d]", (int)unit->code[at + i]); }
    }
    fputc('\n', out);
}

void ou_dis_unit(const OuUnit *unit, FILE *out) {
    fprintf(out, "code %s: %u registers, %u named\n", unit->qualname.bytes, unit->registers, unit->named);
    uint32_t last = 0;
    for (uint32_t at = 0; at < unit->code_count; at += 1u + ou_op_info[ou_op_of(unit->code[at])].extra) {
        OuPosition position;
        if (ou_unit_position(unit->lines, unit->lines_size, at, &position) && position.line != last) {
            fprintf(out, "line %u\n", position.line);
            last = position.line;
        }
        put_instruction(unit, at, out);
    }
    for (uint32_t i = 0; i < unit->handler_count; i++) {
        const OuHandler *handler = &unit->handlers[i];
        fprintf(out, "  handler %u..%u -> %u, temporaries from t%u\n", handler->start, handler->end, handler->target,
                handler->depth - unit->named);
    }
    for (uint32_t i = 0; i < unit->child_count; i++) {
        fputc('\n', out);
        ou_dis_unit(unit->children[i], out);
    }
}
