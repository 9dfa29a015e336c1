/* Disassembler. */
#ifndef OU_COMPILER_DIS_H
#define OU_COMPILER_DIS_H

#include <stdio.h>

#include "compiler/unit.h"

/* Writes the instructions of a unit and of everything nested in it. */
void ou_dis_unit(const OuUnit *unit, FILE *out);

#endif
