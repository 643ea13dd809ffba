/* Prints the names of what is on the clipboard, a line each: what a clipboard history looks at. For trying the program under
   Wine; not shipped. */
#include <windows.h>
#include <stdio.h>
int main(void) {
    char name[256];
    if (!OpenClipboard(0)) return 1;
    for (UINT kind = 0; (kind = EnumClipboardFormats(kind));) {
        if (GetClipboardFormatNameA(kind, name, sizeof name)) puts(name);
    }
    CloseClipboard();
    return 0;
}
