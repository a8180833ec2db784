<p>Hello {$fname},</p>
<p>Your portal account has been created.</p>
<p>User name: {$login_uname}<br>Password: {$pwd}</p>
<p><a href="{$portal_url}">Log in</a></p>
