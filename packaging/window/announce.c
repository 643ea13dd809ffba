/* Tells all windows that the desktop's colours have changed, as Windows does; given "black" or "white", makes the system's own
   so and tells of a contrast theme. For trying the program under Wine; not shipped. */
#include <windows.h>
#include <string.h>

static int tell(UINT what, const WCHAR *words) {
    DWORD_PTR answer;
    return !SendMessageTimeoutW(HWND_BROADCAST, WM_SETTINGCHANGE, what, (LPARAM)words, SMTO_ABORTIFHUNG, 3000, &answer);
}

int main(int count, char **words) {
    if (count < 2) return tell(0, L"ImmersiveColorSet");
    COLORREF ground = strcmp(words[1], "black") ? RGB(255, 255, 255) : 0, ink = ground ^ RGB(255, 255, 255);
    int parts[] = {COLOR_WINDOW, COLOR_BTNFACE, COLOR_WINDOWTEXT, COLOR_BTNTEXT};
    COLORREF colours[] = {ground, ground, ink, ink};
    return !SetSysColors(4, parts, colours) || tell(SPI_SETHIGHCONTRAST, 0);
}
