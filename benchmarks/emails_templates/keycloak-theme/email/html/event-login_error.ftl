<html><body>${kcSanitize(msg("eventLoginErrorBodyHtml",event.date,event.ipAddress))?no_esc}</body></html>
