<p>Hi {{ $user->name }},</p><p>Your ticket {{ $ticket->id }} was closed.</p>
