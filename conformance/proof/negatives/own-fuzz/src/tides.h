#pragma once
int count_marks(const char *text);
