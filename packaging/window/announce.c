/* Tells all windows that the desktop's colours have changed, as Windows does. For trying the program under Wine; not shipped. */
#include <windows.h>
int main(void) {
    DWORD_PTR answer;
    return !SendMessageTimeoutW(
        HWND_BROADCAST, WM_SETTINGCHANGE, 0, (LPARAM)L"ImmersiveColorSet", SMTO_ABORTIFHUNG, 3000, &answer);
}
