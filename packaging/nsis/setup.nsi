; The setup program. winbuild/setup_exe.py gives VERSION, SIZE_KB, TEAM_KB, FILES, TEAM_FILES, ICON, PICTURE, OUT and, where
; it can, TARGET, SIGN, PLUGINS (signed ones) and QUICK.
; Exit codes are Windows' own, so that software distribution understands them; docs/windows.md lists them.

Unicode true
!ifdef TARGET
  Target ${TARGET}
!endif
ManifestSupportedOS Win10
ManifestDPIAware true
RequestExecutionLevel user
!ifdef PLUGINS
  !addplugindir "${PLUGINS}"
!endif
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
SetOverwrite on
AllowSkipFiles off
CRCCheck force

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include WinVer.nsh
!include x64.nsh

!define NAME "ccinc-wizard"
!define TITLE "CCinC-toegangswizard"
!define PUBLISHER "CCinC"
!define WINDOW_EXE "ccinc-wizardw.exe"
!define CONSOLE_EXE "ccinc-wizard.exe"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define APP_PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths"

; Stands in the folder of a program for all users: paths have too many spellings to compare them with the registry.
!define FOR_ALL "_internal\all-users"

; The part that only a team's log needs; in which language the program starts until its user chooses one.
!define TEAM_PART "_internal\psycopg_binary"
!define LANGUAGE_FILE "_internal\language"
!define FIRST_BUILD 15063 ; Windows 10 version 1703 brought icuuc.dll, which Qt needs

!define EXIT_ELEVATION_REQUIRED 740
!define EXIT_OLD_WINDOWS 1150
!define EXIT_FAILED 1603
!define EXIT_IN_USE 1618
!define EXIT_NEWER_INSTALLED 1638

Name "${TITLE} ${VERSION}"
BrandingText "${TITLE} ${VERSION}"
OutFile "${OUT}"
InstallDir ""
VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 ProductName "${TITLE}"
VIAddVersionKey /LANG=0 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=0 FileVersion "${VERSION}"
VIAddVersionKey /LANG=0 FileDescription "${TITLE}"
VIAddVersionKey /LANG=0 CompanyName "${PUBLISHER}"
VIAddVersionKey /LANG=0 LegalCopyright ""
!ifdef SIGN
  !uninstfinalize '${SIGN}'
!endif

Var Scope ; "all" or "user"
Var OldVersion
Var OldFolder
Var OtherFolder ; of an installation for the other scope
Var RemoveOther ; "1" takes that away
Var Where
Var TeamLog ; "1" installs its part
Var TeamLogBox
Var StartsIn ; a language, or nothing

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURE}"
!define MUI_WELCOMEPAGE_TITLE "${TITLE} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "$(WELCOME)$\r$\n$\r$\n$Where$\r$\n$INSTDIR"
!define MUI_PAGE_CUSTOMFUNCTION_PRE SayWhere
!define MUI_PAGE_CUSTOMFUNCTION_SHOW OfferTeamLog
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE TakeTeamLog
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "$(FINISHED_TITLE)"
!define MUI_FINISHPAGE_TEXT "$(FINISHED)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW_EXE}"
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_LOCATION "$(FOLDER)" ; NSIS' own words are cut in French and English
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Dutch"
!insertmacro MUI_LANGUAGE "French"
!include words-en.nsh
!include words-nl.nsh
!include words-fr.nsh

; Ends with an exit code, after saying why when someone is looking.
!macro Refuse CODE WORDS
  MessageBox MB_OK|MB_ICONSTOP "${WORDS}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

; Whether the program runs, in $R8: Windows lets nobody write to a program that does.
; One error flag for both would not do, as asking for it clears it.
!macro TryToWrite EXE
  ${If} ${FileExists} "$INSTDIR\${EXE}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${EXE}" a
    ${If} ${Errors}
      StrCpy $R8 "${EXE}"
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
!macroend

!macro RefuseWhileRunning
  ${Do}
    StrCpy $R8 ""
    !insertmacro TryToWrite "${WINDOW_EXE}"
    !insertmacro TryToWrite "${CONSOLE_EXE}"
    ${If} $R8 == ""
      ${Break}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IN_USE)" /SD IDCANCEL IDRETRY +3
    SetErrorLevel ${EXIT_IN_USE}
    Quit
  ${Loop}
!macroend

!macro UseScope
  SetRegView 64
  ${If} $Scope == "all"
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
!macroend

; A switch of the command line: "1" in VAR when it was given.
!macro Switch NAME VAR
  ClearErrors
  ${GetOptions} $R0 "${NAME}" $R1
  ${IfNot} ${Errors}
    StrCpy ${VAR} "1"
  ${EndIf}
!macroend

; Takes another installation away, without its log; ends with its exit code where that does not go.
!macro TakeAway FOLDER
  ExecWait '"${FOLDER}\uninstall.exe" /S _?=${FOLDER}' $R1
  ${If} $R1 != 0
    SetErrorLevel $R1
    ${If} $R1 == ${EXIT_IN_USE}
      Abort "$(IN_USE)"
    ${EndIf}
    Abort "$(FAILED)"
  ${EndIf}
  Delete "${FOLDER}\uninstall.exe"
  RMDir "${FOLDER}"
!macroend

Function .onInit
  ${IfNot} ${AtLeastBuild} ${FIRST_BUILD}
  ${OrIfNot} ${RunningX64}
    !insertmacro Refuse ${EXIT_OLD_WINDOWS} "$(OLD_WINDOWS)"
  ${EndIf}
  ${GetParameters} $R0
  StrCpy $Scope "user"
  ClearErrors
  ${GetOptions} $R0 "/AllUsers" $R1
  ${IfNot} ${Errors}
    StrCpy $Scope "all"
    UserInfo::GetAccountType
    Pop $R1
    ${If} $R1 != "Admin"
      ${If} ${Silent}
        SetErrorLevel ${EXIT_ELEVATION_REQUIRED}
      ${Else}
        ExecShell "runas" "$EXEPATH" "$R0"
      ${EndIf}
      Quit
    ${EndIf}
  ${EndIf}
  !insertmacro UseScope

  ReadRegStr $OldVersion SHCTX "${UNINSTALL_KEY}" "DisplayVersion"
  ReadRegStr $OldFolder SHCTX "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $OldVersion != ""
    ${VersionCompare} "$OldVersion" "${VERSION}" $R1
    ${If} $R1 == 1
      !insertmacro Refuse ${EXIT_NEWER_INSTALLED} "$(NEWER_INSTALLED)"
    ${EndIf}
  ${EndIf}
  ${If} $INSTDIR == ""
    ${If} $OldFolder != ""
      StrCpy $INSTDIR $OldFolder
    ${ElseIf} $Scope == "all"
      StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
    ${Else}
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
    ${EndIf}
  ${EndIf}

  ; As it was before; a first time with all that there is.
  StrCpy $TeamLog "1"
  ${If} ${FileExists} "$OldFolder\${LANGUAGE_FILE}"
    FileOpen $0 "$OldFolder\${LANGUAGE_FILE}" r
    FileRead $0 $StartsIn
    FileClose $0
  ${EndIf}
  ${If} $OldFolder != ""
  ${AndIf} ${FileExists} "$OldFolder\${WINDOW_EXE}"
  ${AndIfNot} ${FileExists} "$OldFolder\${TEAM_PART}\*.*"
    StrCpy $TeamLog ""
  ${EndIf}
  !insertmacro Switch "/TeamLog" $TeamLog
  !insertmacro Switch "/NoTeamLog" $R2
  ${If} $R2 == "1"
    StrCpy $TeamLog ""
  ${EndIf}
  ${IfNot} ${Silent}
    StrCpy $StartsIn "$(LANGUAGE_CODE)"
  ${EndIf}
  Call FindOther
FunctionEnd

; Whether the program is there for the other scope too: two of them would be two lines in Windows' list and in the menu.
Function FindOther
  ${If} $Scope == "all"
    ReadRegStr $OtherFolder HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${Else}
    ReadRegStr $OtherFolder HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${EndIf}
  ${IfNot} ${FileExists} "$OtherFolder\uninstall.exe"
    StrCpy $OtherFolder ""
    Return
  ${EndIf}
  !insertmacro Switch "/RemoveOther" $RemoveOther
  ${If} $RemoveOther == "1"
    Return
  ${EndIf}
  ${If} $Scope == "all"
    MessageBox MB_YESNO|MB_ICONQUESTION "$(REMOVE_OTHER)" /SD IDNO IDNO +2
    StrCpy $RemoveOther "1"
  ${Else}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(THERE_FOR_ALL)" /SD IDYES IDYES +2
    Quit
  ${EndIf}
FunctionEnd

Function SayWhere
  StrCpy $Where "$(FOR_ME)"
  ${If} $Scope == "all"
    StrCpy $Where "$(FOR_ALL_USERS)"
  ${EndIf}
FunctionEnd

Function OfferTeamLog
  ; Else a path that is longer than the line ends at its edge.
  ${NSD_AddStyle} $mui.WelcomePage.Text ${SS_EDITCONTROL}
  ${NSD_CreateCheckbox} 120u 176u 195u 12u "$(TEAM_LOG)"
  Pop $TeamLogBox
  SetCtlColors $TeamLogBox "${MUI_TEXTCOLOR}" "${MUI_BGCOLOR}"
  ${If} $TeamLog == "1"
    ${NSD_Check} $TeamLogBox
  ${EndIf}
FunctionEnd

Function TakeTeamLog
  ${NSD_GetState} $TeamLogBox $TeamLog
FunctionEnd

Section
  !insertmacro RefuseWhileRunning
  ${If} $RemoveOther == "1"
    !insertmacro TakeAway "$OtherFolder"
  ${EndIf}
  ${If} $OldFolder != ""
  ${AndIf} $OldFolder != $INSTDIR
  ${AndIf} ${FileExists} "$OldFolder\uninstall.exe"
    !insertmacro TakeAway "$OldFolder"
  ${EndIf}
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"

  SetErrorLevel ${EXIT_FAILED}
  ClearErrors
  !include "${FILES}"
  IntOp $R3 ${SIZE_KB} + 0
  ${If} $TeamLog == "1"
    !include "${TEAM_FILES}"
    IntOp $R3 $R3 + ${TEAM_KB}
  ${EndIf}
  SetOutPath "$INSTDIR"
  ${If} $StartsIn != ""
    FileOpen $0 "$INSTDIR\${LANGUAGE_FILE}" w
    FileWrite $0 "$StartsIn"
    FileClose $0
  ${EndIf}
  ${If} $Scope == "all"
    FileOpen $0 "$INSTDIR\${FOR_ALL}" w
    FileClose $0
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    Abort "$(FAILED)"
  ${EndIf}

  CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\${WINDOW_EXE}" "" "$INSTDIR\${WINDOW_EXE}" 0
  WriteRegStr SHCTX "${APP_PATHS}\${CONSOLE_EXE}" "" "$INSTDIR\${CONSOLE_EXE}"
  WriteRegStr SHCTX "${APP_PATHS}\${WINDOW_EXE}" "" "$INSTDIR\${WINDOW_EXE}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${TITLE}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${WINDOW_EXE},0"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" $R3
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
  SetErrorLevel 0
SectionEnd

Function un.onInit
  SetRegView 64
  StrCpy $Scope "user"
  ${If} ${FileExists} "$INSTDIR\${FOR_ALL}"
    StrCpy $Scope "all"
    UserInfo::GetAccountType
    Pop $R1
    ${If} $R1 != "Admin"
      ${If} ${Silent}
        SetErrorLevel ${EXIT_ELEVATION_REQUIRED}
      ${Else}
        ExecShell "runas" "$INSTDIR\uninstall.exe"
      ${EndIf}
      Quit
    ${EndIf}
  ${EndIf}
  !insertmacro UseScope
FunctionEnd

Section "Uninstall"
  !insertmacro RefuseWhileRunning
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$INSTDIR\${WINDOW_EXE}"
  Delete "$INSTDIR\${CONSOLE_EXE}"
  Delete "$INSTDIR\bom.json"
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  DeleteRegKey SHCTX "${APP_PATHS}\${CONSOLE_EXE}"
  DeleteRegKey SHCTX "${APP_PATHS}\${WINDOW_EXE}"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"

  ; The log belongs to the organisation: only someone who says so deletes it, and only their own.
  ${If} $Scope == "user"
  ${AndIf} ${FileExists} "$LOCALAPPDATA\${NAME}\*.*"
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(DELETE_LOG)" /SD IDNO IDNO keep_log
    RMDir /r "$LOCALAPPDATA\${NAME}"
  keep_log:
  ${EndIf}
  SetErrorLevel 0
SectionEnd
