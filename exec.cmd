@rem Windows has no exec: there a command is simply run. Elsewhere this file is not looked at.
@%*
