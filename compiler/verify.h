/* Reading bytecode: the check against what the loop takes for granted, which debug builds make of all they compile, and
 * the disassembler. */
#ifndef OU_COMPILER_VERIFY_H
#define OU_COMPILER_VERIFY_H

#include <stdio.h>

#include "compiler/opcode.h"
#include "compiler/unit.h"
#include "gc/arena.h"

/* In tests/verify.c, part of the flavours for tests (OU_VERIFY).
 * What is wrong with the unit itself (nested ones are not looked at), with the word index in *at; NULL: nothing, or
 * there was no memory to find out.
 *
 * Checked are the encoding (opcodes, operands within their tables, jumps to the start of instructions, nested handler
 * ranges, no way off the end) and the temporaries: by data flow over all paths, each is empty or full at an instruction
 * whichever way led there, full where it is read, and nothing is stored over a full one's run of arguments. That is
 * what makes counts exact: a value that is moved out of a temporary is moved once. */
const char *ou_verify_unit(OuArena *arena, const OuUnit *unit, uint32_t *at);

/* Writes the instructions of a unit and of everything nested in it. */
void ou_dis_unit(const OuUnit *unit, FILE *out);

#endif
