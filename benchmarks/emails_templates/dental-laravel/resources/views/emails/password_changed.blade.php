@component('mail::message')
Hello {{ $user->name }},

The password of your account was changed on {{ $date }}. If it was not you, write to {{ config('mail.support') }}.
@endcomponent
