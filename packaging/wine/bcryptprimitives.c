/* Stands in for Windows' own bcryptprimitives.dll where Wine lacks it: the one name that Rust's standard library
   takes from it. Real random bytes. Only for trying the program under Wine; not shipped. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T count) {
    return RtlGenRandom(data, (ULONG)count);
}
