/* The opcode table as data: for the disassembler, the verifier and the unwinder. */
#include "compiler/opcode.h"

#define R OU_OP_RAISES
#define J OU_OP_JUMPS
const OuOpInfo ou_op_info[OP_COUNT] = {
#define OU_OP(name, roles, extra, follows, flags, doc) {#name, roles, extra, follows, flags, doc},
#include "compiler/opcodes.def"
#undef OU_OP
};
#undef R
#undef J
