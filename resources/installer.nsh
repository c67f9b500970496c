; Customers and phones reach the desk over the office network: Windows' firewall lets them in while Doorline is installed.
; Private and domain networks only; a public network stays closed.
!macro customInstall
  nsExec::ExecToLog 'netsh advfirewall firewall delete rule name="Doorline"'
  nsExec::ExecToLog 'netsh advfirewall firewall add rule name="Doorline" dir=in action=allow program="$INSTDIR\Doorline.exe" enable=yes profile=private,domain protocol=TCP'
!macroend

!macro customUnInstall
  nsExec::ExecToLog 'netsh advfirewall firewall delete rule name="Doorline"'
!macroend
