<p>Hello {{ $user->first_name }},</p><p>Email: {{ $user->email }}</p><p>Password: {{ $password }}</p>
